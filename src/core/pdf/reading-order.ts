import type { PdfLine } from './pdf-page';

/** Lines that go back up their own column, or two columns written line by line: this share of them, and the file's order is not for reading. */
const mostOutOfPlace = 0.15;
const fewestOutOfPlace = 4;
/** A cell of a table is narrower than a column of text, as a share of all the text's width. */
const columnShare = 0.3;
/** A gutter is at least this wide, as a share of the font's size, with at least this many lines on both sides. */
const gutterWidth = 0.7;
const gutterLines = 3;

/** Most files hold their text as it is read, columns and all. Where one visibly does not, the white between the blocks of the page tells the order. */
export function inReadingOrder(lines: readonly PdfLine[]): readonly PdfLine[] {
  const left = Math.min(...lines.map(({ x }) => x));
  const width = Math.max(...lines.map(({ right }) => right)) - left;
  let outOfPlace = 0;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before) continue;
    const isBeside = Math.abs(before.y - line.y) < line.size / 2;
    if (isBeside && Math.min(before.right - before.x, line.right - line.x) > columnShare * width) outOfPlace += 1;
    if (line.y > before.y + line.size / 2 && overlap(before, line) > 0.5) outOfPlace += 1;
  }
  return outOfPlace >= fewestOutOfPlace && outOfPlace > mostOutOfPlace * lines.length ? cutAtWhite(lines) : lines;
}

function overlap(one: PdfLine, other: PdfLine): number {
  const shared = Math.min(one.right, other.right) - Math.max(one.x, other.x);
  return shared / Math.max(1, Math.min(one.right - one.x, other.right - other.x));
}

/**
 * The recursive X-Y cut (Nagy and Seth 1984): columns first, where a gutter goes all the way down; else what is above the widest white strip before
 * what is below it.
 */
function cutAtWhite(lines: readonly PdfLine[]): readonly PdfLine[] {
  if (lines.length < 2) return lines;
  const gutter = widestGap(lines.map(({ x, right }) => ({ from: x, to: right })));
  const size = Math.max(...lines.map((line) => line.size));
  if (gutter.width > gutterWidth * size) {
    const left = lines.filter(({ right }) => right <= gutter.from);
    const rightHand = lines.filter(({ right }) => right > gutter.from);
    if (Math.min(left.length, rightHand.length) >= gutterLines) return [...cutAtWhite(left), ...cutAtWhite(rightHand)];
  }
  const strip = widestGap(lines.map(({ y, size: height }) => ({ from: y, to: y + height * 0.7 })));
  if (strip.width > 0) {
    const above = lines.filter(({ y }) => y >= strip.to);
    const below = lines.filter(({ y }) => y < strip.to);
    if (above.length > 0 && below.length > 0) return [...cutAtWhite(above), ...cutAtWhite(below)];
  }
  return lines.toSorted((one, other) => other.y - one.y || one.x - other.x);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function widestGap(stretches: readonly Stretch[]): Stretch & { readonly width: number } {
  let widest = { from: 0, to: 0, width: 0 };
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to } of stretches.toSorted((one, other) => one.from - other.from)) {
    if (covered > Number.NEGATIVE_INFINITY && from - covered > widest.width) widest = { from: covered, to: from, width: from - covered };
    covered = Math.max(covered, to);
  }
  return widest;
}
