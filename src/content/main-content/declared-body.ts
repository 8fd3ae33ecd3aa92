import type { LeafBlock } from '../markdown/leaf-blocks';
import { normalLine } from './with-lead';

const shortestBody = 400;
/** A block is part of the declared text when this share of its pieces is. */
const leastShare = 0.5;
/** Of the declared text this much must be on the page, and of the page's prose this much in the declared text, or it is another text. */
const leastAgreement = 0.8;
const pieceWords = 4;
const sampleCharacters = 60;

/**
 * The blocks that a page's own statement of its text leaves out: `articleBody` of its structured data is what the editors wrote, without what
 * the layout puts between. Empty when the statement is missing, shortened, or about something else.
 */
export function undeclaredBlocks(leaves: readonly LeafBlock[], body: string | undefined): LeafBlock[] {
  if (!body || body.length < shortestBody) return [];
  const declared = new Set(piecesOf(body));
  const found = new Set<string>();
  const inside = leaves.map((leaf) => {
    const pieces = piecesOf(leaf.text);
    const known = pieces.filter((piece) => declared.has(piece));
    if (known.length < leastShare * pieces.length) return false;
    for (const piece of known) found.add(piece);
    return pieces.length > 0;
  });
  const prose = leaves.filter((leaf) => leaf.isProse);
  const length = (some: readonly LeafBlock[]) => some.reduce((sum, leaf) => sum + leaf.length, 0);
  const agreed = length(leaves.filter((leaf, index) => leaf.isProse && inside[index]));
  if (found.size < leastAgreement * declared.size || agreed < leastAgreement * length(prose)) return [];
  const first = leaves.findIndex((leaf, index) => inside[index] && leaf.isProse);
  const last = inside.lastIndexOf(true);
  // Inside, headings, lists, tables and code are often left out of the statement although they belong to the article.
  return leaves.filter((leaf, index) => !inside[index] && (index > last || (index > first && leaf.isProse && !leaf.isStructured)));
}

/**
 * A declared text that the page does not show, as paragraphs: some pages put their article in place by scripts only. `undefined` when there is none,
 * or when it is on the page.
 */
export function unshownBody(copy: Document, body: string | undefined): Element | undefined {
  if (!body || body.length < shortestBody) return undefined;
  const words = normalLine(withoutMarkup(body));
  const sample = words.slice(words.length / 2, words.length / 2 + sampleCharacters);
  if (normalLine(copy.body.textContent ?? '').includes(sample)) return undefined;
  const article = copy.createElement('div');
  for (const line of body.split(/\n+|<\/?(?:p|div|br|li|h\d)[^<>]*>/)) {
    const paragraph = copy.createElement('p');
    paragraph.append(withoutMarkup(line));
    article.append(paragraph);
  }
  return article;
}

/** Some pages declare their text as HTML, and that escaped once more. What is left of it is text here and never parsed. */
function withoutMarkup(text: string): string {
  return text.replace(/<[^<>]*>|&[#\w]+;/g, ' ');
}

function piecesOf(text: string): string[] {
  const words = normalLine(withoutMarkup(text)).split(' ');
  return words.slice(pieceWords - 1).map((_, index) => words.slice(index, index + pieceWords).join(' '));
}
