/**
 * Reads the live page through the browser's own accessors. A page may name a form control `childNodes` or an image `body`, and
 * the plain property then gives that element instead: the accessor on the prototype cannot be shadowed so.
 */
function accessor<Owner, Value>(owningClass: { readonly prototype: object }, name: string): (owner: Owner) => Value {
  const get = Object.getOwnPropertyDescriptor(owningClass.prototype, name)?.get;
  return (owner) => get?.call(owner) as Value;
}

export const nodeTypeOf = accessor<Node, number>(Node, 'nodeType');
export const parentOf = accessor<Node, Node | null>(Node, 'parentNode');
export const firstChildOf = accessor<Node, Node | null>(Node, 'firstChild');
export const nextSiblingOf = accessor<Node, Node | null>(Node, 'nextSibling');
export const textContentOf = accessor<Node, string | null>(Node, 'textContent');
export const dataOf = accessor<Node, string>(CharacterData, 'data');
export const localNameOf = accessor<Element, string>(Element, 'localName');
export const shadowRootOf = accessor<Element, ShadowRoot | null>(Element, 'shadowRoot');
export const clientWidthOf = accessor<Element, number>(Element, 'clientWidth');
export const clientHeightOf = accessor<Element, number>(Element, 'clientHeight');
export const bodyOf = accessor<Document, HTMLElement | null>(Document, 'body');
export const rootElementOf = accessor<Document, Element | null>(Document, 'documentElement');
export const contentTypeOf = accessor<Document, string>(Document, 'contentType');
export const addressOf = accessor<Document, string>(Document, 'URL');
export const designModeOf = accessor<Document, string>(Document, 'designMode');
export const implementationOf = accessor<Document, DOMImplementation>(Document, 'implementation');
export const frameDocumentOf = accessor<Element, Document | null>(HTMLIFrameElement, 'contentDocument');
export const linkAddressOf = accessor<Element, string>(HTMLAnchorElement, 'href');

export function attributeOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

export function assignedNodesOf(slot: Element): Node[] {
  return HTMLSlotElement.prototype.assignedNodes.call(slot);
}
