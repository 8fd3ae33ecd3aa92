import {
  type BackupCounts,
  type BackupManifest,
  type BackupPart,
  backupFormat,
  backupNames,
  backupVersion,
  type PartKind,
  partBytes,
} from '../../core/backup-format';
import { packVectors } from '../../core/packed-vectors';
import type { ModelSettings } from '../../core/settings';
import { listConversations, readMessages } from '../../storage/conversations';
import { readPageRecord } from '../../storage/page-record';
import type { Library } from '../../storage/schema';
import { readIndexModel, readVectorModels } from '../../storage/vector-models';
import { sha256 } from './sha256';
import { type WriteBytes, zipWriter } from './zip-writer';

export interface BackupOptions {
  /** Vectors are most of a backup, and cost money to have made again. */
  readonly withVectors: boolean;
}

export interface BackupTools {
  readonly library: Library;
  /** Without any key. */
  readonly settings: ModelSettings;
  readonly now: () => number;
  readonly report: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Writes a backup of all that is kept: a zip of parts of a few megabytes, and last the manifest, so that a file without it is known to be cut off. Never
 * holds more than one part in memory. What is saved while it is written may be in it or not.
 * @throws ProblemError `file-too-large`; whatever `write` and the signal throw
 */
export async function writeBackup(write: WriteBytes, { withVectors }: BackupOptions, tools: BackupTools): Promise<void> {
  const { library, settings, now, report, signal } = tools;
  const createdAt = now();
  const header = { format: backupFormat, version: backupVersion, createdAt } as const;
  const zip = zipWriter(write, new Date(createdAt));
  const parts: BackupPart[] = [];
  const counts = { pages: 0, versions: 0, conversations: 0, messages: 0, captures: 0 } satisfies BackupCounts;
  const addPart = async (kind: PartKind, name: string, bytes: Uint8Array<ArrayBuffer>, records: number) => {
    parts.push({ name, kind, bytes: bytes.length, records, sha256: await sha256(bytes) });
    await zip.add(name, bytes, kind !== 'vectors');
    signal.throwIfAborted();
  };

  await zip.add(backupNames.header, encode(JSON.stringify(header)));
  await addPart('settings', backupNames.settings, encode(JSON.stringify({ modelSettings: settings })), 0);

  const pageIds = await library.getAllKeysFromIndex('pages', 'bySavedAt');
  const { unwanted, trust } = await readVectorModels(library);
  const total = pageIds.length;
  let lines: Uint8Array<ArrayBuffer>[] = [];
  let vectorBytes: Uint8Array<ArrayBuffer>[] = [];
  let partNumber = 0;
  const nextPart = () => String(++partNumber).padStart(5, '0');
  const endPagePart = async () => {
    if (lines.length === 0) return;
    const number = nextPart();
    // Before the pages that point into it, so that whoever reads on has it already.
    if (vectorBytes.length > 0) await addPart('vectors', `vectors/${number}.bin`, join(vectorBytes), 0);
    await addPart('pages', `pages/${number}.jsonl`, join(lines), lines.length);
    [lines, vectorBytes] = [[], []];
  };
  for (const pageId of pageIds) {
    signal.throwIfAborted();
    const record = await readPageRecord(library, pageId, (modelKey) => withVectors && !unwanted.includes(modelKey));
    if (!record) continue;
    const { vectors, ...rest } = record;
    let at = sizeOf(vectorBytes);
    const places = vectors.map(({ modelKey, vectors: ofModel }) => {
      const packed = packVectors(ofModel);
      const place = { modelKey, dimensions: ofModel[0]?.codes.length ?? 0, at };
      vectorBytes.push(packed);
      at += packed.length;
      return place;
    });
    lines.push(encode(`${JSON.stringify({ ...rest, vectors: places })}\n`));
    counts.pages += 1;
    counts.versions += rest.versions.length;
    if (sizeOf(lines) + sizeOf(vectorBytes) >= partBytes) await endPagePart();
    report(counts.pages, total);
  }
  await endPagePart();

  const endPart = async (kind: PartKind) => {
    if (lines.length > 0) await addPart(kind, `${kind}/${nextPart()}.jsonl`, join(lines), lines.length);
    lines = [];
  };
  for (const job of await library.getAll('jobs')) {
    const capture = job.kind === 'ingest' ? await library.get('captures', job.id) : undefined;
    if (!capture) continue;
    lines.push(encode(`${JSON.stringify({ pageId: job.pageId, createdAt: job.createdAt, capture })}\n`));
    counts.captures += 1;
    if (sizeOf(lines) >= partBytes) await endPart('captures');
  }
  await endPart('captures');
  for (const conversation of await listConversations(library)) {
    const messages = await readMessages(library, conversation.id);
    lines.push(encode(`${JSON.stringify({ conversation, messages })}\n`));
    counts.conversations += 1;
    counts.messages += messages.length;
    if (sizeOf(lines) >= partBytes) await endPart('conversations');
  }
  await endPart('conversations');

  const indexModel = withVectors ? await readIndexModel(library) : undefined;
  const ofVectors = indexModel === undefined ? {} : { indexModel, ...(trust?.modelKey === indexModel ? { trust } : {}) };
  const manifest: BackupManifest = { ...header, counts, ...ofVectors, parts };
  const manifestBytes = encode(JSON.stringify(manifest));
  await zip.add(backupNames.manifest, manifestBytes);
  await zip.add(backupNames.manifestChecksum, encode(`${await sha256(manifestBytes)}  ${backupNames.manifest}\n`));
  await zip.end();
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
