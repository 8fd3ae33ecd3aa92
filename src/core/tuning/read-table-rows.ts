/// <reference path="../import/papaparse.d.ts" />
import Papa from 'papaparse';
import type { TextChunks } from './read-result';

export interface TableRow {
  readonly cells: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** A quotation mark was opened and never closed, or stands where none may. */
  readonly isMalformed: boolean;
}

/** What is held while a row has not ended. A longer one has a quotation mark that nobody closed. */
const maximumRowCharacters = 4_000_000;
/** Rows are cut in pieces of about this length: enough that the last row, which is read again with the next piece, costs little. */
const pieceCharacters = 256_000;

const delimiters = [',', ';', '\t', '|', '^', '~'];

/**
 * The rows of a table while its text comes, by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180); no more than a piece of it is held. Empty rows are left
 * out. After a row that never ends, reading goes on with the next line.
 * @param delimiter any character or characters; found out when absent
 */
export async function* readTableRows(chunks: TextChunks, delimiter?: string): AsyncGenerator<TableRow, void, void> {
  const state: ReadState = { delimiter, newline: undefined, line: 1, held: '' };
  let isFirst = true;
  for await (const chunk of chunks) {
    state.held += isFirst ? chunk.replace(/^\uFEFF/, '') : chunk;
    isFirst = false;
    if (state.held.length >= pieceCharacters) yield* takeRows(state, false);
  }
  while (state.held.length > 0) yield* takeRows(state, true);
}

interface ReadState {
  delimiter: string | undefined;
  newline: string | undefined;
  line: number;
  held: string;
}

function* takeRows(state: ReadState, isEnd: boolean): Generator<TableRow, void, void> {
  state.newline ??= state.held.includes('\n') ? '\n' : '\r';
  state.delimiter ??= likelyDelimiter(state.held);
  const { newline, delimiter } = state;
  const { data, errors, meta } = new Papa.Parser({ delimiter, newline, quoteChar: '"' }).parse(state.held, 0, !isEnd);
  const isUnclosed = isEnd && errors.some(({ code }) => code === 'MissingQuotes');
  const malformed = new Set(errors.map(({ row }) => row));
  // Of a row that swallows all that follows, only its first line is given up.
  const whole = isUnclosed ? data.slice(0, -1) : data;
  for (const [index, cells] of whole.entries()) {
    const lines = 1 + cells.reduce((sum, cell) => sum + countOf(newline, cell), 0);
    const trimmed = cells.with(-1, (cells.at(-1) ?? '').replace(/\r$/, ''));
    if (trimmed.some((cell) => cell.trim() !== '')) yield { cells: trimmed, line: state.line, isMalformed: malformed.has(index) };
    state.line += lines;
  }
  const unclosedAt = isUnclosed ? state.held.length - lengthOfLast(state.held, whole.length, { delimiter, newline }) : undefined;
  state.held = state.held.slice(unclosedAt ?? (isEnd ? state.held.length : meta.cursor));
  const isEndless = !isEnd && state.held.length > maximumRowCharacters;
  if (unclosedAt === undefined && !isEndless) return;
  const [first = ''] = state.held.split(newline, 1);
  yield { cells: [first.slice(0, 80)], line: state.line, isMalformed: true };
  state.line += 1;
  state.held = state.held.slice(first.length + newline.length);
}

/** How many characters are left after so many rows. */
function lengthOfLast(text: string, rows: number, format: { readonly delimiter: string; readonly newline: string }): number {
  if (rows === 0) return text.length;
  const { meta } = new Papa.Parser({ ...format, quoteChar: '"', preview: rows }).parse(text, 0, false);
  return text.length - meta.cursor;
}

/** The one that cuts the first rows into the most columns, the same number in each. */
export function likelyDelimiter(text: string): string {
  const head = text.slice(0, 20_000);
  const newline = head.includes('\n') ? '\n' : '\r';
  const scored = delimiters.map((delimiter) => {
    const { data } = new Papa.Parser({ delimiter, newline, quoteChar: '"', preview: 20 }).parse(head, 0, head.length < text.length);
    const counts = data.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length);
    const columns = counts[0] ?? 1;
    return { delimiter, columns, alike: counts.filter((count) => count === columns).length / Math.max(1, counts.length) };
  });
  const fitting = scored.filter(({ columns }) => columns > 1);
  const best = fitting.sort((one, other) => other.alike - one.alike || other.columns - one.columns)[0];
  return best?.delimiter ?? ',';
}

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
