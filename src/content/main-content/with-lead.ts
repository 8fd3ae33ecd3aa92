import { leafBlocks } from '../markdown/leaf-blocks';

const mostLeadBlocks = 3;
const mostLeadCharacters = 1_500;

/** The main content with the lead that many pages put between the title and the text, outside of what holds the text, and what else the vote keeps. */
export function withLead(copy: Document, root: Element, title: string, vote: ReadonlySet<Element> | undefined): Element {
  if (root === copy.body) return root;
  const leaves = leafBlocks(copy.body);
  const firstInside = leaves.findIndex((leaf) => root.contains(leaf.element));
  if (firstInside < 0) return root;
  const normalTitle = normalLine(title);
  const titleIndex = leaves
    .slice(0, firstInside)
    .findLastIndex((leaf) => (normalTitle !== '' && normalLine(leaf.text) === normalTitle) || leaf.element.closest('h1'));
  const lead = leaves.slice(0, firstInside).filter((leaf, index) => {
    if (!leaf.isProse || leaf.linkDensity > 0.3 || leaf.isStructured) return false;
    return vote?.has(leaf.element) || (titleIndex >= 0 && index > titleIndex);
  });
  const after = leaves.slice(firstInside).filter((leaf) => !root.contains(leaf.element) && leaf.isProse && vote?.has(leaf.element));
  if (lead.length > mostLeadBlocks || lead.reduce((sum, leaf) => sum + leaf.length, 0) > mostLeadCharacters) lead.length = 0;
  if (lead.length === 0 && after.length === 0) return root;
  const whole = copy.createElement('div');
  whole.append(...lead.map((leaf) => leaf.element), root, ...after.map((leaf) => leaf.element));
  return whole;
}

export function normalLine(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
