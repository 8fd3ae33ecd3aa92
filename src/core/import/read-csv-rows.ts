/// <reference path="./papaparse.d.ts" />
import { parse } from 'papaparse';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** A quotation mark was opened and never closed: what follows may have been swallowed. */
  readonly isMalformed: boolean;
}

const rowsAtATime = 500;

/** The rows of a CSV file, by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), separated by commas, semicolons or tabs. Empty lines are no rows. */
export function* readCsvRows(text: string): Generator<readonly [rows: readonly CsvRow[], shareDone: number], void, void> {
  const delimiter = likelyDelimiter(text);
  const newline = text.includes('\n') ? '\n' : '\r';
  let offset = 0;
  let line = 1;
  while (offset < text.length) {
    const rest = text.slice(offset);
    // Its fast mode would cut the whole rest into lines each time.
    const { data, errors, meta } = parse(rest, { delimiter, newline, preview: rowsAtATime, fastMode: false });
    const malformed = new Set(errors.map(({ row }) => row));
    const rows: CsvRow[] = [];
    for (const [index, cells] of data.entries()) {
      const lines = 1 + cells.reduce((sum, cell) => sum + countOf(newline, cell), 0);
      const trimmed = cells.map((cell) => cell.replace(/\r$/, ''));
      if (trimmed.some((cell) => cell.trim() !== '')) rows.push({ cells: trimmed, line, isMalformed: malformed.has(index) });
      line += lines;
    }
    offset += meta.cursor > 0 && data.length >= rowsAtATime ? meta.cursor : rest.length;
    yield [rows, offset / text.length];
  }
}

function likelyDelimiter(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: countOf(delimiter, header) }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
