import type { RestoreStatus } from '../../core/backup/restore-status';
import { ProblemError, problemOf } from '../../core/problem';
import { createExchangedFile, openExchangedFile, removeExchangedFile, removeOutgoingFiles } from '../../protocol/exchanged-files';
import type { ExportKind, FileWorkPart } from '../../protocol/file-work';
import { readRestore, writeRestore } from '../../storage/backup/restore-record';
import type { Library } from '../../storage/schema';
import { readIndexModel } from '../../storage/vectors/vector-models';
import { decryptTo } from './decrypt';
import { encryptTo } from './encrypt';
import { readEncryptionHeader } from './encryption-header';
import { examineBackup } from './examine-backup';
import { examinedRecord, restoreStatus } from './examined-record';
import type { FileWork } from './serve-file-work';
import { type BackupResult, writeBackup } from './write-backup';
import { writeExport } from './write-export';
import type { WriteBytes } from './zip-writer';

export interface FileWorkTools {
  readonly library: Library;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly now: () => number;
  readonly newId: () => string;
}

type Report = (share: number) => void;

/** A file that was made may still be on its way to where the person keeps it. */
const keptMs = 60 * 60 * 1_000;
/** Of the work of looking at a backup, when the copy is made. */
const halfWay = 0.5;

/** Makes a file for the panel to take, or looks at one that the panel has handed over. */
export async function doFileWork(order: FileWork, report: Report, signal: AbortSignal, tools: FileWorkTools): Promise<FileWorkPart> {
  switch (order.type) {
    case 'export':
      return makeFile(exportName(order.kind, tools.now()), tools, async (write) => {
        await writeExport(write, order.kind, order.allVersions, { ...tools, report: (done, total) => report(done / total), signal });
        return undefined;
      });
    case 'backup':
      return makeBackup(order, report, signal, tools);
    case 'examine':
      return { type: 'examined', status: await examineIncoming(order.passphrase, report, signal, tools) };
  }
}

/** Makes a backup, encrypted if there is a passphrase. */
export function makeBackup(
  { withVectors, passphrase }: { readonly withVectors: boolean; readonly passphrase?: string },
  report: Report,
  signal: AbortSignal,
  tools: FileWorkTools,
): Promise<Extract<FileWorkPart, { type: 'made' }>> {
  const day = dayOf(tools.now());
  const backupTools = { ...tools, report: (done: number, total: number) => report(done / total), signal };
  const name = passphrase === undefined ? `commonplace-${day}.zip` : `commonplace-${day}.encrypted`;
  return makeFile(name, tools, async (write) => {
    if (passphrase === undefined) return writeBackup(write, { withVectors }, backupTools);
    const encrypted = await encryptTo(write, passphrase);
    const result = await writeBackup(encrypted.write, { withVectors }, backupTools);
    await encrypted.end();
    return result;
  });
}

async function makeFile(
  name: string,
  { now, newId }: FileWorkTools,
  make: (write: WriteBytes) => Promise<BackupResult | undefined>,
): Promise<Extract<FileWorkPart, { type: 'made' }>> {
  await removeOutgoingFiles(now() - keptMs);
  const file = `outgoing-${newId()}` as const;
  try {
    const { filesLeftOut = 0 } = (await writeFile(file, make)) ?? {};
    return { type: 'made', file, name, ...(filesLeftOut > 0 ? { filesLeftOut } : {}) };
  } catch (error) {
    await removeExchangedFile(file);
    throw error;
  }
}

/** What is written is there once all of it is. */
async function writeFile<Result>(
  name: Parameters<typeof createExchangedFile>[0],
  make: (write: WriteBytes) => Promise<Result>,
): Promise<Result> {
  const stream = await createExchangedFile(name);
  try {
    const result = await make((bytes) => stream.write(bytes));
    await stream.close();
    return result;
  } catch (error) {
    await stream.abort().catch(() => {});
    throw error;
  }
}

async function examineIncoming(
  passphrase: string | undefined,
  report: Report,
  signal: AbortSignal,
  { library }: FileWorkTools,
): Promise<RestoreStatus> {
  const before = await readRestore();
  if (before?.state === 'running' || before?.state === 'paused') throw new ProblemError({ code: 'restore-under-way' });
  const incoming = await openExchangedFile('incoming');
  if (!incoming) throw new ProblemError({ code: 'backup-gone' });
  try {
    const { preview, manifestSha256 } = await examine(incoming, passphrase, report, signal, library);
    await removeExchangedFile('incoming');
    const record = examinedRecord(preview, manifestSha256, (await readIndexModel(library)) !== undefined);
    await writeRestore(record);
    return restoreStatus(record);
  } catch (error) {
    await removeExchangedFile('examined');
    // With the right passphrase it may be opened yet.
    if (!['backup-locked', 'backup-passphrase-wrong'].includes(problemOf(error).code)) await removeExchangedFile('incoming');
    throw error;
  }
}

async function examine(
  incoming: Blob,
  passphrase: string | undefined,
  report: Report,
  signal: AbortSignal,
  library: Library,
): ReturnType<typeof examineBackup> {
  const encryption = await readEncryptionHeader(incoming);
  if (encryption && passphrase === undefined) throw new ProblemError({ code: 'backup-locked' });
  await writeFile('examined', async (write) => {
    if (encryption) return decryptTo(write, incoming, encryption, passphrase ?? '', (share) => report(share * halfWay), signal);
    // Not moved: what the panel hands over next would take its place while it is being read.
    for await (const bytes of incoming.stream()) {
      signal.throwIfAborted();
      await write(bytes);
    }
  });
  const examined = await openExchangedFile('examined');
  if (!examined) throw new ProblemError({ code: 'backup-gone' });
  return examineBackup(examined, library, (share) => report(halfWay + share * (1 - halfWay)), signal);
}

const exportEndings: Record<ExportKind, string> = {
  markdown: '-markdown.zip',
  'json-lines': '.jsonl',
  bibtex: '.bib',
  'csl-json': '.json',
};

const exportName = (kind: ExportKind, now: number) => `commonplace-${dayOf(now)}${exportEndings[kind]}`;

/** By the clock of the person, as they would name a file. */
function dayOf(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
