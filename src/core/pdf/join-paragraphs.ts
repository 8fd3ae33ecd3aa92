import { joinWords, type Vocabulary } from './join-words';
import type { PdfLine } from './pdf-page';

/** Lines that belong together, as one text. */
export interface PdfParagraph {
  readonly text: string;
  readonly size: number;
  /** Of a list, or of a table of contents. */
  readonly isItem: boolean;
  /** Of a table of contents. */
  readonly isEntry: boolean;
  /** Where in the text each page begins that the paragraph stands on, the first at 0. */
  readonly pages: readonly { readonly start: number; readonly page: number }[];
}

/** Shares of the font's size. */
const indent = 0.8;
const deepestIndent = 4;
const otherSize = 0.1;
/** A line may be this much further from the one before than lines are as a rule. */
const looseLeading = 1.35;
/** A line that ends a sentence this far from the end of its column, as a share of the column's width, ends its paragraph. */
const shortLine = 0.2;

const itemMark = /^(?:[•●▪■◦‣∙·]|[–—-](?=\s)|\(?\d{1,3}[.)](?=\s)|\(?[a-z][.)](?=\s))\s*(?=\S)/;
/** The dots between an entry of a table of contents and its page. */
const leader = /(?<![\s.])\s*(?:\. ?){4,}\s*(?=[\divxlc]*$)/i;
const sentenceEnd = /[.!?:…。！？][\])"”’»]*$/;

interface Column {
  readonly left: number;
  readonly right: number;
}

/** Joins lines, in the order they are read, to paragraphs, over the ends of columns and pages too. */
export function joinParagraphs(lines: readonly PdfLine[], vocabulary: Vocabulary): PdfParagraph[] {
  const leading = usualLeading(lines);
  const columns = columnsOf(lines);
  const paragraphs: PdfParagraph[] = [];
  let open: PdfLine[] = [];
  const close = () => {
    if (open.length > 0) paragraphs.push(paragraphOf(open, vocabulary));
    open = [];
  };
  for (const [index, line] of lines.entries()) {
    const column = columns.get(line) ?? { left: line.x, right: line.right };
    if (open.length > 0 && begins(line, open, lines[index + 1], column, columns, leading)) close();
    open.push(line);
  }
  close();
  return paragraphs;
}

/** Whether a line begins another paragraph than the one that is open. */
function begins(
  line: PdfLine,
  open: readonly PdfLine[],
  next: PdfLine | undefined,
  { left }: Column,
  columns: ReadonlyMap<PdfLine, Column>,
  leading: number,
): boolean {
  const [first, before] = [open[0], open.at(-1)];
  if (!first || !before) return false;
  if (Math.abs(line.size - before.size) > otherSize * Math.max(line.size, before.size)) return true;
  const down = before.y - line.y;
  if (isBeside(before, line)) return false;
  if (itemMark.test(line.text) || leader.test(before.text)) return true;
  const column = columns.get(before);
  const isElsewhere = line.page !== before.page || down < 0;
  if (isElsewhere) return sentenceEnd.test(before.text) || !/^[\p{Ll}\p{Lo}\d(]/u.test(line.text);
  if (down > looseLeading * Math.max(leading * line.size, line.size)) return true;
  if (column && sentenceEnd.test(before.text) && before.right < column.right - shortLine * (column.right - column.left)) return true;
  const step = line.x - left;
  const isHanging = open.length > 1 && before.x > first.x + (indent / 2) * line.size;
  if (isHanging) return line.x < before.x - (indent / 2) * line.size;
  // What is indented under the mark of an item goes on with it.
  if (itemMark.test(first.text)) return false;
  const isIndented = step > indent * line.size && step < deepestIndent * line.size && before.x < line.x - (indent / 2) * line.size;
  // The entries of a bibliography are indented after a first line that ends anywhere.
  return isIndented && sentenceEnd.test(before.text) && (next === undefined || next.x < line.x - (indent / 2) * line.size);
}

function isBeside(one: PdfLine, other: PdfLine): boolean {
  return one.page === other.page && Math.abs(one.y - other.y) < 0.4 * other.size;
}

function paragraphOf(lines: readonly PdfLine[], vocabulary: Vocabulary): PdfParagraph {
  let text = '';
  const pages: { start: number; page: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    // Cells of a row stay on a line of their own.
    const isRow =
      before !== undefined && lines[index - 2] !== undefined && isBeside(lines[index - 2] as PdfLine, before) && !isBeside(before, line);
    const joined = before === undefined ? line.text : isRow ? `${text}\n${line.text}` : joinWords(text, line.text, vocabulary);
    if (line.page !== before?.page) pages.push({ start: before === undefined ? 0 : joined.length - line.text.length, page: line.page });
    text = joined;
  }
  const isEntry = leader.test(text);
  return { text: text.replace(leader, ' … '), size: lines[0]?.size ?? 0, isItem: isEntry || itemMark.test(text), isEntry, pages };
}

/** From line to line within paragraphs, as a multiple of the font's size: the most common of the close ones. */
function usualLeading(lines: readonly PdfLine[]): number {
  const counts = new Map<number, number>();
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || before.page !== line.page || before.size !== line.size) continue;
    const ratio = Math.round(((before.y - line.y) / line.size) * 20) / 20;
    if (ratio >= 0.9 && ratio <= 2.5) counts.set(ratio, (counts.get(ratio) ?? 0) + 1);
  }
  const [common = 1.2] = [...counts].reduce<[number, number]>((most, one) => (one[1] > most[1] ? one : most), [1.2, 0]);
  return common;
}

/** The column of each line: from the leftmost to the rightmost of the lines of the same size over and under it. */
function columnsOf(lines: readonly PdfLine[]): Map<PdfLine, Column> {
  const columns = new Map<PdfLine, Column>();
  const pages = new Map<number, PdfLine[]>();
  for (const line of lines) {
    const onPage = pages.get(line.page);
    if (onPage) onPage.push(line);
    else pages.set(line.page, [line]);
  }
  for (const onPage of pages.values()) {
    for (const line of onPage) {
      const near = onPage.filter(
        (other) =>
          Math.min(line.right, other.right) - Math.max(line.x, other.x) > 0.6 * Math.min(line.right - line.x, other.right - other.x),
      );
      const own = near.filter(({ size }) => Math.abs(size - line.size) < otherSize * line.size);
      columns.set(line, { left: lowerEdge(own.map(({ x }) => x)), right: -lowerEdge(own.map(({ right }) => -right)) });
    }
  }
  return columns;
}

/** The lowest of the values, odd ones aside. */
function lowerEdge(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 20)] ?? 0;
}
