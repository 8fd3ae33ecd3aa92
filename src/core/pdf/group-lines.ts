import type { PdfLine, PdfPage, PdfRun } from './pdf-page';

/** Shares of the font's size. */
const sameBaseline = 0.5;
const wordSpace = 0.2;
/** Further apart, two runs are of different columns, or cells. */
const columnSpace = 1.8;

interface GrowingLine {
  text: string;
  x: number;
  right: number;
  readonly y: number;
  /** How many characters there are of each size. */
  readonly sizes: Map<number, number>;
  readonly size: number;
}

/** Puts the runs of a page together to lines, in the order of the file. */
export function groupLines({ number, runs }: PdfPage): PdfLine[] {
  const lines: GrowingLine[] = [];
  let line: GrowingLine | undefined;
  for (const run of runs) {
    if (run.text.trim() === '') {
      if (line && run.text !== '' && continues(line, run)) extend(line, { ...run, text: ' ' });
      continue;
    }
    if (line && continues(line, run)) {
      extend(line, run);
    } else {
      line = { text: run.text, x: run.x, right: run.x + run.width, y: run.y, size: run.size, sizes: new Map() };
      lines.push(line);
    }
    line.sizes.set(run.size, (line.sizes.get(run.size) ?? 0) + run.text.length);
  }
  return lines.map(({ text, x, right, y, sizes }) => {
    const [size = 0] = [...sizes].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
    return { page: number, text: text.replace(/\s+/g, ' ').trim(), x, right, y, size };
  });
}

function continues(line: GrowingLine, run: PdfRun): boolean {
  const size = Math.max(line.size, run.size);
  if (Math.abs(run.y - line.y) > sameBaseline * size) return false;
  const gap = gapBetween(line, run);
  return gap >= -sameBaseline * size && gap <= columnSpace * size;
}

function gapBetween(line: GrowingLine, run: PdfRun): number {
  return run.isRightToLeft && run.x < line.x ? line.x - (run.x + run.width) : run.x - line.right;
}

function extend(line: GrowingLine, run: PdfRun): void {
  const isApart = gapBetween(line, run) > wordSpace * run.size && !/\s$/.test(line.text) && !/^\s/.test(run.text);
  line.text += isApart ? ` ${run.text}` : run.text;
  line.x = Math.min(line.x, run.x);
  line.right = Math.max(line.right, run.x + run.width);
}
