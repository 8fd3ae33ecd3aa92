import { cutRows, type RowFormat } from './cut-rows';
import type { TextChunks } from './read-result';

export interface TableRow {
  readonly cells: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** A quotation mark was opened and never closed, or stands where none may: one line is given up. */
  readonly isMalformed: boolean;
}

/** What is held while a row has not ended. A longer one has a quotation mark that nobody closed. */
const maximumRowCharacters = 4_000_000;
/** Rows are cut in pieces of about this length: enough that the last row, which is read again with the next piece, costs little. */
const pieceCharacters = 256_000;

const delimiters = [',', ';', '\t', '|', '^', '~'];

/**
 * The rows of a table while its text comes; no more than a piece of it, or than the longest row, is held. Empty rows are left out. After a malformed row,
 * reading goes on with the next line.
 * @param delimiter any character or characters; found out when absent
 */
export async function* readTableRows(chunks: TextChunks, delimiter?: string): AsyncGenerator<TableRow, void, void> {
  const reader = new RowReader(delimiter);
  for await (const chunk of chunks) yield* reader.take(chunk);
  yield* reader.finish();
}

class RowReader {
  readonly #delimiter: string | undefined;
  #format: RowFormat | undefined;
  #line = 1;
  #held = '';
  #isFirst = true;
  /** A line without end is passed over. */
  #isPassing = false;
  /** So long must be what is held before it is looked at: twice what a row that has not ended has, so that this is not looked through at every piece. */
  #wanted = pieceCharacters;

  constructor(delimiter: string | undefined) {
    this.#delimiter = delimiter;
  }

  *take(chunk: string): Generator<TableRow, void, void> {
    this.#held += this.#isFirst ? chunk.replace(/^\uFEFF/, '') : chunk;
    this.#isFirst = false;
    if (this.#held.length >= this.#wanted) yield* this.#cut(false);
  }

  *finish(): Generator<TableRow, void, void> {
    yield* this.#cut(true);
  }

  *#cut(isEnd: boolean): Generator<TableRow, void, void> {
    this.#format ??= { delimiter: this.#delimiter ?? likelyDelimiter(this.#held), newline: newlineOf(this.#held) };
    const { newline } = this.#format;
    if (this.#isPassing) {
      const end = this.#held.indexOf(newline);
      this.#isPassing = end < 0;
      this.#held = end < 0 ? '' : this.#held.slice(end + 1);
      if (end >= 0) this.#line += 1;
    }
    const rows = cutRows(this.#held, this.#format, isEnd, maximumRowCharacters);
    let next = rows.next();
    for (; !next.done; next = rows.next()) {
      const { cells, from, end, isMalformed } = next.value;
      if (isMalformed) yield { cells: cells.map((cell) => cell.slice(0, 80)), line: this.#line, isMalformed };
      else if (cells.some((cell) => cell.trim() !== '')) yield { cells, line: this.#line, isMalformed };
      this.#line += countOf(newline, this.#held.slice(from, end));
    }
    this.#held = this.#held.slice(next.value);
    this.#wanted = Math.max(pieceCharacters, Math.min(2 * this.#held.length, maximumRowCharacters + 1));
    if (this.#held.length <= maximumRowCharacters) return;
    // Not even its line ends.
    yield { cells: [this.#held.slice(0, 80)], line: this.#line, isMalformed: true };
    this.#held = '';
    this.#wanted = pieceCharacters;
    this.#isPassing = true;
  }
}

/** The delimiter that cuts the first rows into the most columns, the same number in each. */
export function likelyDelimiter(text: string): string {
  const head = text.slice(0, 20_000);
  const newline = newlineOf(head);
  const scored = delimiters.map((delimiter) => {
    const counts: number[] = [];
    for (const { cells, isMalformed } of cutRows(head, { delimiter, newline }, head.length === text.length)) {
      if (isMalformed) counts.push(0);
      else if (cells.some((cell) => cell.trim() !== '')) counts.push(cells.length);
      if (counts.length === 20) break;
    }
    const columns = counts.find((count) => count > 0) ?? 1;
    return { delimiter, columns, alike: counts.filter((count) => count === columns).length / Math.max(1, counts.length) };
  });
  const fitting = scored.filter(({ columns }) => columns > 1);
  const best = fitting.sort((one, other) => other.alike - one.alike || other.columns - one.columns)[0];
  return best?.delimiter ?? ',';
}

function newlineOf(text: string): '\n' | '\r' {
  return text.includes('\n') ? '\n' : '\r';
}

function countOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
