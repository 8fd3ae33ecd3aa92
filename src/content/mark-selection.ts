import { dataOf } from './rendering/live-dom';

/** Stand for the ends of a selection while its page is read. For private use: none means anything. Noncharacters would do too, but Chromium loads no script that holds one. */
const startMark = '\uEFFE';
const endMark = '\uEFFF';
const anyMark = /[\uEFFE\uEFFF]/g;

/** Reads the text of nodes with the ends of what is selected marked in it; `undefined` when no words are selected. */
export function markSelection(live: Document): ((node: Node) => string) | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0 || !selection.toString().trim()) return undefined;
  const range = selection.getRangeAt(0);
  const nodes = selectedTexts(live, range);
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return undefined;
  const from = first === range.startContainer ? range.startOffset : 0;
  const to = last === range.endContainer ? range.endOffset : dataOf(last).length;
  return (node) => {
    let data = dataOf(node).replace(anyMark, '');
    if (node === last) data = data.slice(0, to) + endMark + data.slice(to);
    if (node === first) data = data.slice(0, from) + startMark + data.slice(from);
    return data;
  };
}

function selectedTexts(live: Document, range: Range): Node[] {
  const root = range.commonAncestorContainer;
  const isSelected = (node: Node) => {
    if (!range.intersectsNode(node)) return false;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : undefined;
    return dataOf(node).slice(from, to).trim() !== '';
  };
  if (root.nodeType === Node.TEXT_NODE) return isSelected(root) ? [root] : [];
  const walker = Document.prototype.createTreeWalker.call(live, root, NodeFilter.SHOW_TEXT);
  const nodes: Node[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (isSelected(node)) nodes.push(node);
  return nodes;
}

export const holdsStart = (text: string) => text.includes(startMark);
export const holdsEnd = (text: string) => text.includes(endMark);
export const withoutMarks = (text: string) => text.replace(anyMark, '');

/** Takes the marks out of a text. @returns where they stood; one that is missing stands at the end of the text that is on its side */
export function readMarks(marked: string): { text: string; start: number; end: number } {
  const text = withoutMarks(marked);
  const start = Math.max(0, marked.indexOf(startMark));
  const lastMark = marked.lastIndexOf(endMark);
  const end = lastMark < 0 ? text.length : withoutMarks(marked.slice(0, lastMark)).length;
  return { text, start, end };
}
