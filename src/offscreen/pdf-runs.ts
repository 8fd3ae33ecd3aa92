import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api';
import type { PdfRun } from '../core/pdf/pdf-page';

/**
 * The runs of a page as the library gives them, upright. Runs that stand across the others, such as a stamp along the margin, are left out; where the
 * whole page stands across, it is turned.
 */
export function pdfRuns(items: TextContent['items']): PdfRun[] {
  const texts = items.filter((item): item is TextItem => 'str' in item);
  const lengths = [0, 0, 0, 0];
  for (const item of texts) lengths[quarterTurns(item)] = (lengths[quarterTurns(item)] ?? 0) + item.str.length;
  const turns = lengths.indexOf(Math.max(...lengths));
  return texts.filter((item) => quarterTurns(item) === turns).map((item) => runOf(item, turns));
}

/** Counterclockwise, from 0 to 3. */
function quarterTurns({ transform: [a, b] }: TextItem): number {
  return (Math.round(Math.atan2(Number(b), Number(a)) / (Math.PI / 2)) + 4) % 4;
}

function runOf({ str, width, dir, transform }: TextItem, turns: number): PdfRun {
  const [, , c, d, e, f] = transform.map(Number) as [number, number, number, number, number, number];
  const [x, y] = [
    [e, f],
    [f, -e],
    [-e, -f],
    [-f, e],
  ][turns] as [number, number];
  return { text: str, x, y, width, size: Math.round(Math.hypot(c, d) * 10) / 10, isRightToLeft: dir === 'rtl' };
}
