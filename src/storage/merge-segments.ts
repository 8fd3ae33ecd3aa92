import { chooseMerge } from '../core/choose-merge';
import { mergeTermTables } from '../core/merge-term-tables';
import { readLengths } from './length-slabs';
import { emptyTotals, type Library, type Segment, type SegmentId } from './schema';
import { tablesOf } from './segments';

/** A table about this large is read for each term of a question: small enough to be read fast, large enough that there are few. */
const tableBytes = 8_192;
/** Tables gathered before they are written, so that a merge of any size takes little memory. */
const writtenAtOnceBytes = 2_000_000;

/**
 * Merges segments of the lexical index until none needs it. Searches go on meanwhile: a merge writes its tables where no search looks, and
 * takes the place of what it merged in one transaction. One that was cut off leaves no more than an unfinished segment, which the next
 * call clears away. Must not run twice at once.
 */
export async function mergeSegments(library: Library): Promise<void> {
  for (;;) {
    const all = await library.getAll('segments');
    for (const { id } of all.filter(({ unfinished }) => unfinished)) await removeSegment(library, id);
    const chosen = chooseMerge(all.filter(({ unfinished }) => !unfinished));
    if (chosen.length === 0) return;
    await merge(library, chosen);
  }
}

async function merge(library: Library, sources: readonly Segment[]): Promise<void> {
  const [first] = sources;
  const last = sources.at(-1);
  if (!first || !last) return;
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  const target: Segment = {
    id: await takeSegmentId(library),
    level: sources.length > 1 ? first.level + 1 : first.level,
    firstPassageId: first.firstPassageId,
    passageCount: last.firstPassageId + last.passageCount - first.firstPassageId,
    deadCount: 0,
    buckets: 2 ** Math.max(0, Math.ceil(Math.log2(bytes / tableBytes))),
    bytes: 0,
    unfinished: true,
  };
  await library.put('segments', target);
  const lengths = await readLengths(library);
  const isLive = (passage: number) => lengths(first.firstPassageId + passage) > 0;
  const written = await writeTables(library, target, sources, isLive);
  await replaceSegments(library, sources, { ...target, bytes: written });
}

async function writeTables(
  library: Library,
  target: Segment,
  sources: readonly Segment[],
  isLive: (passage: number) => boolean,
): Promise<number> {
  let bytes = 0;
  let waitingBytes = 0;
  let waiting: { bucket: number; table: Uint8Array<ArrayBuffer> }[] = [];
  const write = async () => {
    const transaction = library.transaction('termTables', 'readwrite');
    for (const { bucket, table } of waiting) void transaction.store.put(table, [target.id, bucket]);
    await transaction.done;
    waiting = [];
    waitingBytes = 0;
  };
  // Numbers of buckets are powers of two, so the tables whose numbers leave one remainder here hold the terms of the target's
  // buckets that leave the same: each table is read once, and few at a time.
  const stride = Math.min(target.buckets, ...sources.map(({ buckets }) => buckets));
  for (let remainder = 0; remainder < stride; remainder++) {
    const tables = await Promise.all(sources.map((source) => readTables(library, source, remainder, stride)));
    const toMerge = tables.flatMap((found, index) =>
      found.map((table) => ({ table, offset: (sources[index]?.firstPassageId ?? 0) - target.firstPassageId })),
    );
    for (const [bucket, table] of mergeTermTables(toMerge, target.buckets, isLive)) {
      if (table.length === 0) continue;
      waiting.push({ bucket, table });
      waitingBytes += table.length;
      bytes += table.length;
    }
    if (waitingBytes >= writtenAtOnceBytes) await write();
  }
  await write();
  return bytes;
}

/** The tables of a segment whose numbers leave this remainder. */
async function readTables(library: Library, { id, buckets }: Segment, remainder: number, stride: number): Promise<Uint8Array[]> {
  const store = library.transaction('termTables').store;
  const numbers: number[] = [];
  for (let number = remainder; number < buckets; number += stride) numbers.push(number);
  const tables = await Promise.all(numbers.map((number) => store.get([id, number])));
  return tables.filter((table) => table !== undefined);
}

/** What was deleted while the merge ran is dead in what it made. */
async function replaceSegments(library: Library, sources: readonly Segment[], { unfinished: _, ...target }: Segment): Promise<void> {
  const transaction = library.transaction(['segments', 'termTables'], 'readwrite', { durability: 'strict' });
  const segments = transaction.objectStore('segments');
  let deadCount = 0;
  for (const source of sources) {
    const now = await segments.get(source.id);
    deadCount += (now?.deadCount ?? 0) - source.deadCount;
    void segments.delete(source.id);
    void transaction.objectStore('termTables').delete(tablesOf(source.id));
  }
  if (target.bytes > 0) void segments.put({ ...target, deadCount });
  else void segments.delete(target.id);
  await transaction.done;
}

async function removeSegment(library: Library, id: SegmentId): Promise<void> {
  const transaction = library.transaction(['segments', 'termTables'], 'readwrite');
  void transaction.objectStore('segments').delete(id);
  void transaction.objectStore('termTables').delete(tablesOf(id));
  await transaction.done;
}

async function takeSegmentId(library: Library): Promise<SegmentId> {
  const transaction = library.transaction('totals', 'readwrite');
  const totals = (await transaction.store.get('library')) ?? emptyTotals;
  void transaction.store.put({ ...totals, nextSegmentId: totals.nextSegmentId + 1 }, 'library');
  await transaction.done;
  return totals.nextSegmentId as SegmentId;
}
