import { openDB } from 'idb';
import { examineBackup } from '../../src/background/data/examine-backup';
import { examinedRecord } from '../../src/background/data/examined-record';
import { restorer } from '../../src/background/data/restore-backup';
import { writeBackup } from '../../src/background/data/write-backup';
import { writeExport } from '../../src/background/data/write-export';
import type { WriteBytes } from '../../src/background/data/zip-writer';
import { createExchangedFile, openExchangedFile } from '../../src/protocol/exchanged-files';
import type { ExportKind } from '../../src/protocol/file-work';
import type { RestoreRecord } from '../../src/storage/backup/restore-record';
import { mergeSegments } from '../../src/storage/lexical/merge-segments';
import { migrations, schemaVersion } from '../../src/storage/migrations/migrations';
import type { Library, LibrarySchema } from '../../src/storage/schema';
import { SyntheticLibrary } from '../bench/synthetic-library';
import { timed } from '../bench/timing';
import { commitSyntheticPage, mergePages } from './build-library';

// Runs in the laboratory: the library is filled in its page, everything else is done in its worker, as it is in the extension.

const pageSize = { least: 4, most: 6 };
const signal = new AbortController().signal;

function openNamed(name: string): Promise<Library> {
  return openDB<LibrarySchema>(name, schemaVersion, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
    },
  });
}

/** Makes a library of so many pages, each of about five passages with vectors. @returns how many passages */
export async function fillLibrary(pages: number, dimensions: number): Promise<number> {
  const library = await openNamed('full');
  const made = new SyntheticLibrary(dimensions, 1, pageSize);
  const spent = { split: 0, index: 0, commit: 0, merge: 0 };
  let passages = 0;
  for (let number = 0; number < pages; number++) {
    const page = made.page(number);
    passages += page.spans.length;
    await commitSyntheticPage(library, number, page, spent);
    await mergePages(library, spent);
  }
  library.close();
  return passages;
}

async function writeOutgoing(make: (write: WriteBytes) => Promise<void>): Promise<{ ms: number; bytes: number }> {
  const { ms } = await timed(async () => {
    const stream = await createExchangedFile('outgoing-bench');
    await make((bytes) => stream.write(bytes));
    await stream.close();
  });
  return { ms, bytes: (await openExchangedFile('outgoing-bench'))?.size ?? 0 };
}

export async function backUp(): Promise<{ ms: number; bytes: number }> {
  const tools = { library: await openNamed('full'), settings: {}, now: () => Date.now(), report: () => {}, signal };
  const made = await writeOutgoing(async (write) => void (await writeBackup(write, { withVectors: true }, tools)));
  tools.library.close();
  return made;
}

export async function exportPages(kind: ExportKind): Promise<{ ms: number; bytes: number }> {
  const library = await openNamed('full');
  const made = await writeOutgoing((write) => writeExport(write, kind, true, { library, now: () => Date.now(), report: () => {}, signal }));
  library.close();
  return made;
}

/** Looks at the backup that was made last and restores it into an empty library. */
export async function restoreBackup(): Promise<{ examineMs: number; restoreMs: number; pages: number }> {
  const library = await openNamed('restored');
  const file = await openExchangedFile('outgoing-bench');
  if (!file) throw new Error('There is no backup.');
  const { ms: examineMs, value } = await timed(() => examineBackup(file, library, () => {}, signal));
  let record: RestoreRecord = { ...examinedRecord(value.preview, value.manifestSha256, false), state: 'running' };
  const { piece } = restorer({
    readRecord: async () => record,
    writeRecord: async (written) => {
      record = written;
    },
    openLibrary: async () => library,
    openFile: async () => file,
    removeFile: async () => {},
    detectLanguage: async () => 'en',
    settingsWriters: { modelSettings: async () => {}, autoSave: async () => {}, spending: async () => {} },
    newId: () => crypto.randomUUID(),
    elapsed: () => performance.now(),
    changed: () => {},
  });
  const { ms: restoreMs } = await timed(async () => {
    while (await piece(() => {})) await mergeSegments(library);
  });
  if (record.state !== 'done') throw new Error(`The restore ended as ${record.state}: ${record.problem?.detail}`);
  const pages = await library.count('pages');
  library.close();
  return { examineMs, restoreMs, pages };
}
