import type { FormName } from './form';
import { type Complain, isRecord } from './parse-messages';
import { peekText } from './peek-text';
import { type JsonItem, readJsonItems } from './read-json-items';
import { readLines } from './read-lines';
import { type ReadExample, type ReadFlaw, shortened, type TextChunks } from './read-result';
import { readTableRows } from './read-table-rows';
import { recogniseForm, recordForms } from './record-forms';
import { type ColumnMapping, guessMapping, isOwnHeader, plainCell, readRow } from './table';

export interface ReadOptions {
  /** A table rather than JSON. */
  readonly isTable: boolean;
  /** Of a table; found out when absent. */
  readonly delimiter?: string;
  /** Of a table; guessed by the names in its first row when absent. */
  readonly mapping?: ColumnMapping;
}

/** What is read, with the form that it turned out to be of. */
export type FormedExample = ReadExample & { readonly form?: FormName };

/** Whether a text begins as a table does, and not as JSON. */
export function looksLikeTable(head: string): boolean {
  return !/^\uFEFF?\s*[[{]/.test(head);
}

/**
 * Reads a file of examples in any of the forms, while its text comes. Nothing ends it early: a line that is broken is reported with its number, and the next
 * is read. Each object may be of another form than the one before.
 */
export function readExamples(chunks: TextChunks, options: ReadOptions): AsyncGenerator<FormedExample, void, void> {
  return options.isTable ? readTable(chunks, options) : readRecords(chunks);
}

async function* readTable(chunks: TextChunks, options: ReadOptions): AsyncGenerator<FormedExample, void, void> {
  let mapping = options.mapping;
  let isHeader = true;
  let isOwn = false;
  for await (const { cells, line, isMalformed } of readTableRows(chunks, options.delimiter)) {
    if (isHeader) {
      mapping ??= guessMapping(cells);
      isOwn = isOwnHeader(cells);
      isHeader = false;
      continue;
    }
    if (isMalformed) yield { line, flaws: [{ code: 'malformed-row', detail: shortened(cells.join(' ')) }], form: 'table' };
    else yield { line, example: readRow(isOwn ? cells.map(plainCell) : cells, mapping ?? {}), flaws: [], form: 'table' };
  }
}

/** Lines are read one by one, as long as each is an object of its own; a list, or objects over several lines, sign by sign. */
async function* readRecords(chunks: TextChunks): AsyncGenerator<FormedExample, void, void> {
  const { head, all } = await peekText(chunks);
  const items: AsyncIterable<JsonItem> = isLineByLine(head) ? readLines(all) : readJsonItems(all);
  for await (const item of items) yield readItem(item);
}

function readItem({ line, text, isEndless }: JsonItem): FormedExample {
  if (isEndless) return { line, flaws: [{ code: 'rest-unread', detail: String(line) }] };
  if (text === undefined) return { line, flaws: [{ code: 'line-too-long' }] };
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return { line, flaws: [{ code: 'bad-json', detail: shortened(text.trim()) }] };
  }
  const form = isRecord(record) ? recogniseForm(record) : undefined;
  if (!isRecord(record) || !form) return { line, flaws: [{ code: 'not-an-example', detail: shortened(text.trim()) }] };
  const flaws: ReadFlaw[] = [];
  const complain: Complain = (code, detail) => flaws.push(detail === undefined ? { code } : { code, detail });
  return { line, example: recordForms[form].read(record, complain), flaws, form };
}

/** A first line that is cut off by the end of what was looked at is one of many long ones. */
function isLineByLine(head: string): boolean {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (text.startsWith('[')) return false;
  const [first = '', second] = text.split('\n').filter((line) => line.trim() !== '');
  return second === undefined || isWholeObject(first) || second.startsWith('{');
}

function isWholeObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}
