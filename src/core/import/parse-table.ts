import { ProblemError } from '../problem';
import { itemCollector } from './collect-items';
import type { ImportSource, InPieces, ParsedImport } from './import-item';
import { parseDate } from './parse-date';
import { type CsvRow, readCsvRows } from './read-csv-rows';

/**
 * What programs call the columns of their lists of pages: Pocket (title, url, time_added, tags, status), Instapaper (URL, Title, Selection, Folder, Timestamp,
 * Tags), Readwise Reader (Title, URL, ID, Document tags, Saved date, Reading progress, Location, Seen), Raindrop (…, folder, tags, created).
 */
const columnNames = {
  url: ['url', 'link', 'href', 'address'],
  title: ['title', 'name'],
  tags: ['tags', 'document tags', 'labels'],
  folder: ['folder', 'collection'],
  savedAt: ['time_added', 'timestamp', 'saved date', 'created', 'date_added', 'saved_at', 'date'],
  place: ['status', 'location', 'state'],
} as const satisfies Record<string, readonly string[]>;

type Column = keyof typeof columnNames;
type Columns = Partial<Record<Column, number>>;

/** Folders that only say whether a page has been read. */
const readingFolders = ['unread', 'archive', 'archived', 'starred', 'home', 'feed', 'new', 'later', 'shortlist'];
const archives = ['archive', 'archived', 'read'];

/** Whether a text begins as a list of pages in a CSV file does. */
export function isTable(text: string): boolean {
  return columnsOf(firstRow(text)).url !== undefined;
}

/**
 * Reads a list of pages from a CSV file.
 * @throws ProblemError `import-header-unknown` when no column is called like one that holds addresses; the detail names the columns there are
 */
export function* parseTable(text: string): InPieces<ParsedImport> {
  const collector = itemCollector();
  const header = firstRow(text);
  const columns = columnsOf(header);
  if (columns.url === undefined) throw new ProblemError({ code: 'import-header-unknown', detail: header.join(', ').slice(0, 200) });
  let isHeader = true;
  for (const [rows, shareDone] of readCsvRows(text)) {
    for (const row of isHeader ? rows.slice(1) : rows) addRow(row);
    isHeader = false;
    yield shareDone;
  }
  return collector.result(sourceOf(header));

  function addRow({ cells, line, isMalformed }: CsvRow): void {
    const cell = (column: Column) => cells[columns[column] ?? -1];
    if (isMalformed) {
      collector.refuse('malformed', { line }, cells.join(', '));
      return;
    }
    const folder = cell('folder')?.trim() ?? '';
    const place = (cell('place') ?? folder).trim().toLowerCase();
    collector.add(
      {
        url: cell('url') ?? '',
        // Pocket writes the address where there is no title.
        title: cell('title') === cell('url') ? undefined : cell('title'),
        tags: [...splitList(cell('tags') ?? ''), ...(readingFolders.includes(folder.toLowerCase()) ? [] : [folder])],
        savedAt: parseDate(cell('savedAt')),
        isArchived: archives.includes(place),
      },
      { line },
    );
  }
}

export function firstRow(text: string): readonly string[] {
  // A header is short; what has none may be one line of many megabytes.
  const [[rows] = [[]]] = [...readCsvRows(text.slice(0, 10_000).split(/[\r\n]/, 1)[0] ?? '')];
  return rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
}

function columnsOf(header: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [column, names] of Object.entries(columnNames) as [Column, readonly string[]][]) {
    const index = names.map((name) => header.indexOf(name)).find((at) => at >= 0);
    if (index !== undefined) columns[column] = index;
  }
  return columns;
}

function sourceOf(header: readonly string[]): ImportSource {
  if (header.includes('time_added')) return 'pocket';
  if (header.includes('selection') && header.includes('timestamp')) return 'instapaper';
  return header.includes('document tags') ? 'readwise' : 'table';
}

/** Tags as `a|b` (Pocket), `["a","b"]` (Instapaper) or `a, b`. */
function splitList(written: string): string[] {
  const inner = /^\s*\[(.*)\]\s*$/s.exec(written)?.[1] ?? written;
  return inner.split(/[|,;]/).map((tag) => tag.trim().replace(/^"(.*)"$/, '$1'));
}
