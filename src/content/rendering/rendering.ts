import { addressOf, linkAddressOf } from './live-dom';

/** How an element is shown, as far as capturing asks. */
export type ElementStyle = Pick<CSSStyleDeclaration, 'display' | 'visibility' | 'whiteSpace' | 'position'> & Partial<SeenStyle>;

/** By what it can be told that something is not seen. */
type SeenStyle = Pick<
  CSSStyleDeclaration,
  'left' | 'top' | 'width' | 'height' | 'overflow' | 'clip' | 'clipPath' | 'fontSize' | 'color' | 'backgroundColor' | 'backgroundImage'
>;

/** What a document's own markup does not tell: where it stands, and how it is shown. */
export interface Rendering {
  readonly url: string;
  styleOf(element: Element): ElementStyle;
  /** The text of a text node, where it is not to be read as it is. */
  dataOf?(node: Node): string;
  /** @returns the whole address; empty when it is none */
  linkAddressOf(anchor: Element): string;
}

/** Of a document in a tab. */
export function liveRendering(live: Document): Rendering {
  return { url: addressOf(live), styleOf: (element) => getComputedStyle(element), linkAddressOf };
}
