export interface RowFormat {
  /** Any character or characters. */
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
}

export interface CutRow {
  /** Of a malformed row, its first line is the only one. */
  readonly cells: readonly string[];
  /** Where in the text it begins, and where the next does. */
  readonly from: number;
  readonly end: number;
  /** A quotation mark is never closed, or stands where none may. */
  readonly isMalformed: boolean;
}

/**
 * Cuts a text into rows, by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180). Of a malformed row one line is given up, as soon as it shows. So the time grows
 * with the length of the text: a quoted cell that is looked through to no end has passed only quotation marks that open nothing.
 * @param isEnd whether nothing follows the text
 * @param maximumRowCharacters a row that has not ended after so many never will
 * @returns where the row begins that has not ended
 */
export function* cutRows(
  text: string,
  format: RowFormat,
  isEnd: boolean,
  maximumRowCharacters = Number.POSITIVE_INFINITY,
): Generator<CutRow, number, void> {
  const cutter = new RowCutter(text, format, isEnd);
  let from = 0;
  while (from < text.length) {
    const row = cutter.cut(from);
    const isUnfinished = row === 'unfinished' && text.length - from <= maximumRowCharacters;
    const lineEnd = row === 'malformed' || row === 'unfinished' ? text.indexOf(format.newline, from) : 0;
    if (isUnfinished || (lineEnd < 0 && !isEnd)) return from;
    if (row === 'malformed' || row === 'unfinished') {
      const end = lineEnd < 0 ? text.length : lineEnd + 1;
      yield { cells: [text.slice(from, end).trimEnd()], from, end, isMalformed: true };
      from = end;
    } else {
      yield { ...row, from, isMalformed: false };
      from = row.end;
    }
  }
  return from;
}

class RowCutter {
  readonly #text: string;
  readonly #format: RowFormat;
  readonly #isEnd: boolean;
  /** Those that were found last: each is looked for again only when it has been passed. */
  #delimiterAt = -1;
  #newlineAt = -1;

  constructor(text: string, format: RowFormat, isEnd: boolean) {
    this.#text = text;
    this.#format = format;
    this.#isEnd = isEnd;
  }

  cut(from: number): { readonly cells: string[]; readonly end: number } | 'unfinished' | 'malformed' {
    const cells: string[] = [];
    for (let at = from; ; ) {
      const cell = this.#text[at] === '"' ? this.#quotedCell(at) : this.#plainCell(at);
      if (typeof cell === 'string') return cell;
      cells.push(cell.text);
      if (cell.isLast) return { cells, end: cell.next };
      at = cell.next;
    }
  }

  #plainCell(at: number) {
    const { delimiter, newline } = this.#format;
    if (this.#delimiterAt < at) this.#delimiterAt = this.#find(delimiter, at);
    if (this.#newlineAt < at) this.#newlineAt = this.#find(newline, at);
    const end = Math.min(this.#delimiterAt, this.#newlineAt, this.#text.length);
    const isLast = this.#delimiterAt > this.#newlineAt || end === this.#text.length;
    if (end === this.#text.length && !this.#isEnd) return 'unfinished' as const;
    const text = this.#text.slice(at, end);
    if (!isLast) return { text, isLast, next: end + delimiter.length };
    return { text: text.replace(/\r$/, ''), isLast, next: Math.min(end + 1, this.#text.length) };
  }

  #quotedCell(at: number) {
    const { delimiter, newline } = this.#format;
    let close = this.#text.indexOf('"', at + 1);
    while (close >= 0 && this.#text[close + 1] === '"') close = this.#text.indexOf('"', close + 2);
    const unfinished = this.#isEnd ? 'malformed' : 'unfinished';
    if (close < 0) return unfinished;
    const text = this.#text.slice(at + 1, close).replaceAll('""', '"');
    let after = close + 1;
    while (this.#text[after] === ' ' && !this.#text.startsWith(delimiter, after)) after += 1;
    if (this.#text.startsWith(delimiter, after)) return { text, isLast: false, next: after + delimiter.length };
    if (newline === '\n' && this.#text[after] === '\r') after += 1;
    if (this.#text[after] === newline) return { text, isLast: true, next: after + 1 };
    if (after >= this.#text.length && this.#isEnd) return { text, isLast: true, next: after };
    return after + delimiter.length > this.#text.length ? unfinished : 'malformed';
  }

  #find(part: string, from: number): number {
    const at = this.#text.indexOf(part, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}
