import { type ItemCollector, itemCollector, noteAddress } from './collect-items';
import type { InPieces, ParsedImport } from './import-item';
import { parseDate } from './parse-date';
import { firstRow } from './parse-table';
import { readCsvRows } from './read-csv-rows';

interface Book {
  readonly title: string;
  readonly author: string;
  readonly tags: Set<string>;
  readonly quotations: string[];
  savedAt: number | undefined;
  readonly line: number;
}

/** Whether a text is Readwise's export of highlights: a row for each, with the book or article it is from, and no address. */
export function isHighlights(text: string): boolean {
  const header = firstRow(text);
  return header.includes('highlight') && header.includes('book title');
}

/** Makes one text of all that was highlighted in a book or article, each a quotation with the note that was made on it. */
export function* parseHighlights(text: string): InPieces<ParsedImport> {
  const collector = itemCollector();
  const header = firstRow(text);
  const books = new Map<string, Book>();
  let isHeader = true;
  for (const [rows, shareDone] of readCsvRows(text)) {
    for (const { cells, line, isMalformed } of isHeader ? rows.slice(1) : rows) {
      const cell = (name: string) => cells[header.indexOf(name)]?.trim() ?? '';
      const title = cell('book title');
      if (isMalformed || !title) collector.refuse('malformed', { line }, cells.join(', '));
      else if (!cell('highlight')) collector.refuse('no-text', { line }, title);
      else addHighlight(books, { title, author: cell('book author'), line }, cell);
    }
    isHeader = false;
    yield shareDone;
  }
  for (const book of books.values()) addBook(collector, book);
  return collector.result('readwise');
}

function addHighlight(books: Map<string, Book>, found: Pick<Book, 'title' | 'author' | 'line'>, cell: (name: string) => string): void {
  const key = `${found.title}\n${found.author}`;
  const book = books.get(key) ?? { ...found, tags: new Set<string>(), quotations: [], savedAt: undefined };
  books.set(key, book);
  const quotation = cell('highlight')
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
  book.quotations.push(cell('note') ? `${quotation}\n\n${cell('note')}` : quotation);
  for (const tag of cell('document tags').split(',')) book.tags.add(tag);
  const date = parseDate(cell('highlighted at'));
  if (date !== undefined) book.savedAt = Math.min(date, book.savedAt ?? date);
}

function addBook(collector: ItemCollector, { title, author, tags, quotations, savedAt, line }: Book): void {
  collector.add(
    {
      url: noteAddress(`Readwise/${author ? `${author}: ` : ''}${title}`),
      title,
      tags: [...tags],
      savedAt,
      text: { kind: 'markdown', content: [...(author ? [author] : []), ...quotations].join('\n\n') },
    },
    { line },
  );
}
