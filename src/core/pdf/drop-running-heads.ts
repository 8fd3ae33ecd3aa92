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

/** Takes out running heads and feet and page numbers: what stands at the same height of several pages, its numbers aside. */
export function dropRunningHeads(pages: readonly PageLines[]): PdfLine[][] {
  const counts = new Map<string, number>();
  const edges = pages.map(edgeLines);
  for (const lines of edges) {
    for (const key of new Set(lines.map((line) => keyOf(line)))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const needed = Math.min(fewestPages, pages.length);
  const repeats = (line: PdfLine) =>
    [-1, 0, 1].reduce((sum, step) => sum + (counts.get(keyOf(line, step)) ?? 0), 0) >= needed && pages.length > 1;
  return pages.map(({ lines }, index) => {
    const dropped = new Set(edges[index]?.filter(repeats));
    return lines.filter((line) => !dropped.has(line));
  });
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
