import { isBlock, isProse, visibleLength } from '../main-content/measure-text';

/** A block with text and without blocks inside: a paragraph, a heading, an item, a cell. */
export interface LeafBlock {
  readonly element: Element;
  readonly text: string;
  /** In characters without spaces. */
  readonly length: number;
  readonly linkDensity: number;
  readonly isProse: boolean;
  readonly isHeading: boolean;
  /** Part of a list, a table, code or a quotation: things that mean something without being sentences. */
  readonly isStructured: boolean;
}

export function leafBlocks(root: Element): LeafBlock[] {
  const leaves: LeafBlock[] = [];
  const visit = (element: Element, isStructured: boolean): boolean => {
    let holdsBlock = false;
    for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
      if (visit(child, isStructured || isStructure(child))) holdsBlock = true;
    }
    if (holdsBlock) return true;
    if (!isBlock(element)) return false;
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const length = visibleLength(text);
    if (length === 0) return false;
    let linked = element.localName === 'a' ? length : 0;
    if (linked === 0) for (const link of element.getElementsByTagName('a')) linked += visibleLength(link.textContent ?? '');
    const isHeading = element.closest('h1, h2, h3, h4, h5, h6') !== null;
    leaves.push({
      element,
      text,
      length,
      linkDensity: linked / length,
      isProse: !isHeading && isProse(text, length, linked),
      isHeading,
      isStructured,
    });
    return true;
  };
  visit(root, isStructure(root));
  return leaves;
}

function isStructure(element: Element): boolean {
  return /^(li|td|th|dt|dd|pre|blockquote|figcaption|caption|summary)$/.test(element.localName) || element.hasAttribute('data-math');
}
