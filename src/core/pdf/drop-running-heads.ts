import type { PdfLine } from './pdf-page';

export interface PageLines {
  readonly height: number;
  readonly lines: readonly PdfLine[];
}

/** The edges in which running heads stand, as a share of the page's height, and how many lines of them there are at most. */
const edge = 0.15;
const mostLines = 2;
/** On so many pages, at the same height, a line is no part of the text. Chapters have heads of their own. */
const fewestPages = 3;
const heightStep = 4;
/** Of the pages, how many must bear their number for it to be told. */
const numberedShare = 0.4;
/** Compared with the size of most lines, and how far a running head is from the text, in sizes of its font. */
const headSize = 1.1;
const apart = 1.5;

/** Takes out running heads and feet and page numbers: what stands at the same height of several pages, its numbers aside. */
export function dropRunningHeads(pages: readonly PageLines[]): PdfLine[][] {
  const counts = new Map<string, number>();
  const edges = pages.map(edgeLines);
  for (const lines of edges) {
    for (const key of new Set(lines.map((line) => keyOf(line)))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const offset = numberOffset(edges);
  const mostSize = headSize * usualSize(pages);
  const needed = Math.min(fewestPages, pages.length);
  return pages.map(({ lines }, index) => {
    const isRepeated = (line: PdfLine) =>
      pages.length > 1 && [-1, 0, 1].reduce((sum, step) => sum + (counts.get(keyOf(line, step)) ?? 0), 0) >= needed;
    // Of chapters that begin on the page of their number, the heading is larger.
    const isNumbered = (line: PdfLine) =>
      offset !== undefined && numberOffsets(line).includes(offset) && line.size <= mostSize && isApart(line, lines);
    const dropped = new Set(edges[index]?.filter((line) => isRepeated(line) || isNumbered(line)));
    return lines.filter((line) => !dropped.has(line));
  });
}

/** Whether there is more white around a line than between the lines of a text. */
function isApart(line: PdfLine, lines: readonly PdfLine[]): boolean {
  return lines.every((other) => Math.abs(other.y - line.y) < 1 || Math.abs(other.y - line.y) > apart * line.size);
}

/** Of the font that most lines are set in. */
function usualSize(pages: readonly PageLines[]): number {
  const counts = new Map<number, number>();
  for (const { lines } of pages) for (const { size } of lines) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].reduce<[number, number]>((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

/** What lies between a page's place in the file and the number printed on it, if enough of them agree. */
function numberOffset(edges: readonly (readonly PdfLine[])[]): number | undefined {
  const counts = new Map<number, number>();
  for (const lines of edges) {
    for (const offset of new Set(lines.flatMap(numberOffsets))) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  const [offset, count] = [...counts].reduce<[number, number]>((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return count >= Math.max(fewestPages, numberedShare * edges.length) ? offset : undefined;
}

/** By the numbers at a line's beginning and end. */
function numberOffsets({ text, page }: PdfLine): number[] {
  const numbers = [/^\d{1,4}(?!\S)/.exec(text)?.[0], /(?<!\S)\d{1,4}$/.exec(text)?.[0]];
  return numbers.flatMap((number) => (number === undefined ? [] : Number(number) - page));
}

function edgeLines({ height, lines }: PageLines): PdfLine[] {
  const heights = [...new Set(lines.map(({ y }) => Math.round(y)))].sort((one, other) => one - other);
  const outer = new Set([...heights.slice(0, mostLines), ...heights.slice(-mostLines)]);
  return lines.filter(({ y }) => outer.has(Math.round(y)) && (y < edge * height || y > (1 - edge) * height));
}

function keyOf({ text, y }: PdfLine, step = 0): string {
  const words = text
    .toLowerCase()
    .replace(/\d+/g, '#')
    .replace(/^[ivxlc]+$/, '#');
  return `${Math.round(y / heightStep) + step} ${words}`;
}
