import {
  type BackupCounts,
  type BackupManifest,
  type BackupPart,
  backupFormat,
  backupNames,
  backupVersion,
  lineCharacters,
  type PartKind,
  partBytes,
} from '../../core/backup/backup-format';
import { base64Of } from '../../core/bytes/base64';
import { packVectors } from '../../core/vectors/packed-vectors';
import { readMessages } from '../../storage/conversations/conversations';
import { listPictureIds, readPicture } from '../../storage/conversations/pictures';
import { readPageRecord } from '../../storage/pages/page-record';
import { readingsOf } from '../../storage/pages/readings';
import type { Library } from '../../storage/schema';
import { readAssistants } from '../../storage/settings/assistants';
import { listUsageMonths, readUsageRows } from '../../storage/settings/usage';
import { listDrafts } from '../../storage/tuning/example-drafts';
import { eachExample } from '../../storage/tuning/examples';
import { eachJudgementRecord } from '../../storage/tuning/judgements';
import { eachTuningJob } from '../../storage/tuning/tuning-jobs';
import { readIndexModel, readVectorModels } from '../../storage/vectors/vector-models';
import { sha256Hex } from '../sha256';
import { pageLines } from './page-lines';
import { type WriteBytes, zipWriter } from './zip-writer';

export interface BackupOptions {
  /** Vectors are most of a backup, and cost money to have made again. */
  readonly withVectors: boolean;
  /** See `lineCharacters`, which it is unless told otherwise. */
  readonly mostCharactersInLine?: number;
}

export interface BackupTools {
  readonly library: Library;
  /** See `readBackedUpSettings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly now: () => number;
  readonly report: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface BackupResult {
  /** Files that wait to be read, and are not in it. */
  readonly filesLeftOut: number;
}

/**
 * Writes a backup of all that is kept: a zip of parts of a few megabytes, and last the manifest, so that a file without it is known to be cut off. Never
 * holds more than one part in memory. What is saved while it is written may be in it or not.
 * @throws ProblemError `file-too-large`; whatever `write` and the signal throw
 */
export async function writeBackup(write: WriteBytes, options: BackupOptions, tools: BackupTools): Promise<BackupResult> {
  const createdAt = tools.now();
  const header = { format: backupFormat, version: backupVersion, createdAt } as const;
  const zip = zipWriter(write, new Date(createdAt));
  const parts: BackupPart[] = [];
  const addPart: AddPart = async (kind, name, bytes, records) => {
    parts.push({ name, kind, bytes: bytes.length, records, sha256: await sha256Hex(bytes) });
    await zip.add(name, bytes, kind !== 'vectors');
    tools.signal.throwIfAborted();
  };

  await zip.add(backupNames.header, encode(JSON.stringify(header)));
  await addPart('settings', backupNames.settings, encode(JSON.stringify(tools.settings)), 0);
  const pages = await writePages(addPart, options, tools);
  const { filesLeftOut, captures } = await writeCaptures(addPart, tools);
  const counts: BackupCounts = {
    ...pages,
    captures,
    ...(await writeConversations(addPart, tools)),
    ...(await writePictures(addPart, tools)),
    ...(await writeUsage(addPart, tools)),
  };
  await writeAssistants(addPart, tools);
  await writeExamples(addPart, tools);
  await writeTuningJobs(addPart, tools);
  await writeDrafts(addPart, tools);
  await writeJudgements(addPart, tools);
  const ofVectors = options.withVectors ? await describeVectors(tools.library) : {};
  const manifest: BackupManifest = { ...header, counts, ...ofVectors, parts };
  const manifestBytes = encode(JSON.stringify(manifest));
  await zip.add(backupNames.manifest, manifestBytes);
  await zip.add(backupNames.manifestChecksum, encode(`${await sha256Hex(manifestBytes)}  ${backupNames.manifest}\n`));
  await zip.end();
  return { filesLeftOut };
}

type AddPart = (kind: PartKind, name: string, bytes: Uint8Array<ArrayBuffer>, records: number) => Promise<void>;

async function writePages(
  addPart: AddPart,
  { withVectors, mostCharactersInLine = lineCharacters }: BackupOptions,
  { library, report, signal }: BackupTools,
): Promise<Pick<BackupCounts, 'pages' | 'versions'>> {
  const { unwanted } = await readVectorModels(library);
  const pageIds = await library.getAllKeysFromIndex('pages', 'bySavedAt');
  let [pages, versions] = [0, 0];
  let vectors: Uint8Array<ArrayBuffer>[] = [];
  const lines = lineParts('pages', addPart, async (number) => {
    // Before the pages that point into it, so that whoever reads on has it already.
    if (vectors.length > 0) await addPart('vectors', `vectors/${number}.bin`, join(vectors), 0);
    vectors = [];
  });
  for (const pageId of pageIds) {
    signal.throwIfAborted();
    const record = await readPageRecord(library, pageId, (modelKey) => withVectors && !unwanted.includes(modelKey));
    if (!record) continue;
    for (const line of pageLines(record, mostCharactersInLine)) {
      const places = line.vectors.map(({ modelKey, vectors: ofModel }) => {
        const place = { modelKey, dimensions: ofModel[0]?.codes.length ?? 0, at: sizeOf(vectors) };
        vectors.push(packVectors(ofModel));
        return place;
      });
      await lines.add({ ...line, vectors: places }, sizeOf(vectors));
    }
    pages += 1;
    versions += record.versions.length;
    report(pages, pageIds.length);
  }
  await lines.end();
  return { pages, versions };
}

/** Pages that were saved and are not searchable yet. Files that wait to be read are counted only: each may be larger than all the rest. */
async function writeCaptures(
  addPart: AddPart,
  { library }: BackupTools,
): Promise<Pick<BackupCounts, 'captures'> & { filesLeftOut: number }> {
  const lines = lineParts('captures', addPart);
  let [captures, filesLeftOut] = [0, 0];
  for (const { id, kind, pageId, createdAt, imported, isApart } of await library.getAll('jobs')) {
    const capture = kind === 'ingest' ? await library.get('captures', id) : undefined;
    if (!capture) continue;
    if ('file' in capture) {
      filesLeftOut += 1;
      continue;
    }
    await lines.add({ pageId, createdAt, capture, ...(imported ? { imported } : {}), ...(isApart ? { isApart } : {}) });
    captures += 1;
  }
  await lines.end();
  return { captures, filesLeftOut };
}

async function writeConversations(addPart: AddPart, { library }: BackupTools): Promise<Pick<BackupCounts, 'conversations' | 'messages'>> {
  const lines = lineParts('conversations', addPart);
  let [conversations, count] = [0, 0];
  for (const conversation of await library.getAllFromIndex('conversations', 'byUpdatedAt')) {
    const messages = await readMessages(library, conversation.id);
    const readings = await readingsOf(library, conversation.id);
    await lines.add({ conversation, messages, ...(readings.length > 0 ? { readings } : {}) });
    conversations += 1;
    count += messages.length;
  }
  await lines.end();
  return { conversations, messages: count };
}

async function writePictures(addPart: AddPart, { library }: BackupTools): Promise<Required<Pick<BackupCounts, 'pictures'>>> {
  const lines = lineParts('pictures', addPart);
  let pictures = 0;
  for (const id of await listPictureIds(library)) {
    const picture = await readPicture(library, id);
    if (!picture) continue;
    await lines.add({ ...picture, bytes: base64Of(picture.bytes) });
    pictures += 1;
  }
  await lines.end();
  return { pictures };
}

async function writeUsage(addPart: AddPart, { library }: BackupTools): Promise<Required<Pick<BackupCounts, 'calls'>>> {
  const lines = lineParts('usage', addPart);
  let calls = 0;
  for (const { month } of await listUsageMonths(library)) {
    for (const row of await readUsageRows(library, month)) {
      await lines.add(row);
      calls += 1;
    }
  }
  await lines.end();
  return { calls };
}

async function writeAssistants(addPart: AddPart, { library }: BackupTools): Promise<void> {
  const lines = lineParts('assistants', addPart);
  for (const assistant of await readAssistants(library)) await lines.add(assistant);
  await lines.end();
}

async function writeExamples(addPart: AddPart, { library }: BackupTools): Promise<void> {
  const lines = lineParts('examples', addPart);
  for await (const examples of eachExample(library)) for (const example of examples) await lines.add(example);
  await lines.end();
}

async function writeTuningJobs(addPart: AddPart, { library }: BackupTools): Promise<void> {
  const lines = lineParts('tuning-jobs', addPart);
  for await (const job of eachTuningJob(library)) await lines.add(job);
  await lines.end();
}

async function writeDrafts(addPart: AddPart, { library }: BackupTools): Promise<void> {
  const lines = lineParts('drafts', addPart);
  for (const draft of await listDrafts(library)) await lines.add(draft);
  await lines.end();
}

async function writeJudgements(addPart: AddPart, { library }: BackupTools): Promise<void> {
  const lines = lineParts('judgements', addPart);
  for await (const record of eachJudgementRecord(library)) await lines.add(record);
  await lines.end();
}

async function describeVectors(library: Library): Promise<Pick<BackupManifest, 'indexModel' | 'trust'>> {
  const indexModel = await readIndexModel(library);
  const { trust } = await readVectorModels(library);
  if (indexModel === undefined) return {};
  return { indexModel, ...(trust?.modelKey === indexModel ? { trust } : {}) };
}

/**
 * Gathers records as lines, and adds a part whenever enough have come together.
 * @param before is called with the number of each part before it is added
 */
function lineParts(kind: PartKind, addPart: AddPart, before: (number: string) => Promise<void> = async () => {}) {
  let lines: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let parts = 0;
  const end = async () => {
    if (lines.length === 0) return;
    const number = String(++parts).padStart(5, '0');
    await before(number);
    await addPart(kind, `${kind}/${number}.jsonl`, join(lines), lines.length);
    [lines, bytes] = [[], 0];
  };
  return {
    /** @param besides what goes with the lines into another part, in bytes */
    async add(record: unknown, besides = 0): Promise<void> {
      const line = encode(`${JSON.stringify(record)}\n`);
      lines.push(line);
      bytes += line.length;
      if (bytes + besides >= partBytes) await end();
    },
    end,
  };
}

const encode = (text: string) => new TextEncoder().encode(text);

const sizeOf = (chunks: readonly Uint8Array[]) => chunks.reduce((sum, chunk) => sum + chunk.length, 0);

function join(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(sizeOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
