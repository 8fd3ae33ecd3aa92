import { ProblemError } from '../problem';
import { type ItemCollector, itemCollector } from './collect-items';
import { type ImportFile, textOf } from './import-file';
import type { InPieces, ParsedImport } from './import-item';
import { isBookmarkHtml, parseBookmarkHtml } from './parse-bookmark-html';
import { isHighlights, parseHighlights } from './parse-highlights';
import { parseMarkdownNote } from './parse-markdown-note';
import { omnivoreMetadata, omnivoreReader } from './parse-omnivore';
import { isTable, parseTable } from './parse-table';
import { isArchive, readArchive } from './read-archive';

const noteFile = /\.(md|markdown|txt)$/i;
const listFile = /\.(csv|html?)$/i;

/**
 * Reads what a person chose to import: one file of any format that is known here, told by what is in it and not by its name, or the files of a folder.
 * @throws ProblemError `import-file-empty`, `import-format-unknown`, `import-header-unknown`, `import-file-broken`, `import-archive-too-large`
 */
export function* parseFiles(files: readonly ImportFile[]): InPieces<ParsedImport> {
  const [only, second] = files;
  if (!only) throw new ProblemError({ code: 'import-file-empty' });
  if (second) return yield* parseNotes(inTurn(files));
  if (only.bytes.length === 0) throw new ProblemError({ code: 'import-file-empty' });
  if (isArchive(only.bytes)) return yield* parseArchive(only.bytes);
  const text = textOf(only);
  if (text?.trim() === '') throw new ProblemError({ code: 'import-file-empty' });
  const list = text === undefined ? undefined : parseList(text);
  if (list) return yield* list;
  if (text !== undefined && noteFile.test(only.path)) return yield* parseNotes(inTurn(files));
  // A table without a column of addresses is told so, with what columns it has.
  if (text !== undefined && /^[^\n<{,;\t]*[,;\t][^\n]*\n/.test(text)) return yield* parseTable(text);
  throw new ProblemError({ code: 'import-format-unknown' });
}

function parseList(text: string): InPieces<ParsedImport> | undefined {
  if (isBookmarkHtml(text)) return parseBookmarkHtml(text);
  if (isTable(text)) return parseTable(text);
  return isHighlights(text) ? parseHighlights(text) : undefined;
}

type FilesInPieces = Generator<readonly [files: readonly ImportFile[], shareDone: number], void, void>;

function* inTurn(files: readonly ImportFile[]): FilesInPieces {
  for (const [index, file] of files.entries()) yield [[file], (index + 1) / files.length];
}

/** An archive of Omnivore, of notes, or of one list, as Pocket packed its own. */
function* parseArchive(bytes: Uint8Array): InPieces<ParsedImport> {
  const collector = itemCollector();
  const omnivore = omnivoreReader(collector);
  const lists: ImportFile[] = [];
  let isOmnivore = false;
  let notes = 0;
  for (const [files, shareDone] of readArchive(bytes)) {
    for (const file of files) {
      if (omnivoreMetadata.test(file.path)) isOmnivore = true;
      omnivore.take(file);
      // Texts of Omnivore may be Markdown too, and are told from notes only when its lists have been seen.
      if (noteFile.test(file.path)) notes += 1;
      if (listFile.test(file.path)) lists.push(file);
    }
    yield shareDone * 0.5;
  }
  if (isOmnivore) {
    omnivore.finish();
    return collector.result('omnivore');
  }
  if (notes > 0) return yield* parseNotes(readArchive(bytes));
  const texts = lists.map(textOf).flatMap((text) => (text === undefined ? [] : [parseList(text)]));
  const readable = texts.filter((list) => list !== undefined);
  if (readable.length === 0) throw new ProblemError({ code: 'import-format-unknown' });
  return yield* joined(readable);
}

function* parseNotes(pieces: FilesInPieces): InPieces<ParsedImport> {
  const collector = itemCollector();
  for (const [files, shareDone] of pieces) {
    for (const file of files) if (noteFile.test(file.path)) addNote(collector, file);
    yield shareDone;
  }
  const parsed = collector.result('markdown');
  if (parsed.items.length === 0 && parsed.issueCount === 0) throw new ProblemError({ code: 'import-format-unknown' });
  return parsed;
}

function addNote(collector: ItemCollector, file: ImportFile): void {
  const { path } = file;
  const text = textOf(file);
  const note = text === undefined ? undefined : parseMarkdownNote(text, path);
  if (text === undefined) collector.refuse('unreadable-file', { file: path });
  else if (note) collector.add(note, { file: path });
  else collector.refuse('no-text', { file: path });
}

/** Several lists of one program as one. */
function* joined(lists: readonly InPieces<ParsedImport>[]): InPieces<ParsedImport> {
  const collector = itemCollector();
  let source: ParsedImport['source'] = 'table';
  let issueCount = 0;
  let duplicates = 0;
  for (const list of lists) {
    const parsed = yield* list;
    source = parsed.source;
    for (const item of parsed.items) collector.add({ ...item, isArchived: item.isArchived === true }, {});
    for (const { reason, excerpt, ...place } of parsed.issues) collector.refuse(reason, place, excerpt);
    issueCount += parsed.issueCount;
    duplicates += parsed.duplicates;
  }
  const all = collector.result(source);
  return { ...all, issueCount: Math.max(issueCount, all.issueCount), duplicates: duplicates + all.duplicates };
}
