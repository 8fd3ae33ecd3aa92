import { sealBytes } from '../../core/bytes/sealed-bytes';
import { analyzerVersion, unknownLanguage } from '../../core/lexical/analyze-text';
import type { IndexedPassages } from '../../core/lexical/index-passages';
import type { SegmentParts } from '../../core/lexical/segment-writer';
import type { PassageId } from '../../core/pages/page';
import type { Library, Segment, SegmentId, WriteTransaction } from '../schema';

/** Adds the segment of one page, within a transaction. A page without any words needs none. */
export function addPageSegment(
  transaction: WriteTransaction,
  id: SegmentId,
  firstPassageId: PassageId,
  { parts, lengths, language = unknownLanguage }: IndexedPassages,
  rest: Pick<Segment, 'successorOf'> = {},
): void {
  if (parts.dictionary.length === 0) return;
  const bytes = putParts(transaction, id, parts, { stretches: 0, blocks: 0 });
  void transaction.objectStore('segments').put({
    id,
    firstPassageId,
    passageCount: lengths.length,
    deadCount: 0,
    bytes,
    stretches: parts.dictionary.length,
    blocks: parts.blocks.length,
    languages: { [language]: lengths.length },
    analyzerVersion,
    ...rest,
  });
}

/** How many parts of a segment are written already. */
export interface WrittenParts {
  stretches: number;
  blocks: number;
}

/**
 * Writes parts of a segment behind those that are there, within a transaction.
 * @returns their bytes
 */
export function putParts(
  transaction: Pick<WriteTransaction, 'objectStore'>,
  id: SegmentId,
  { dictionary, blocks }: SegmentParts,
  written: WrittenParts,
): number {
  for (const stretch of dictionary) void transaction.objectStore('termDictionaries').put(sealBytes(stretch), [id, written.stretches++]);
  for (const block of blocks) void transaction.objectStore('postingBlocks').put(sealBytes(block), [id, written.blocks++]);
  return [...dictionary, ...blocks].reduce((sum, { length }) => sum + length, 0);
}

/** Writes where the grams of a segment are behind its last stretch, within a transaction. @returns their bytes */
export function putGrams(
  transaction: Pick<WriteTransaction, 'objectStore'>,
  id: SegmentId,
  records: readonly Uint8Array[],
  stretches: number,
): number {
  for (const [at, record] of records.entries())
    void transaction.objectStore('termDictionaries').put(sealBytes(record), [id, stretches + at]);
  return records.reduce((sum, { length }) => sum + length, 0);
}

/** Notes that the passages of a page are gone, within a transaction. Their postings go when their segment is written anew. */
export async function countDead(transaction: WriteTransaction, firstPassageId: PassageId, count: number): Promise<void> {
  const store = transaction.objectStore('segments');
  for (const segment of await store.getAll()) {
    const holds = segment.firstPassageId <= firstPassageId && firstPassageId < segment.firstPassageId + segment.passageCount;
    if (holds) await store.put({ ...segment, deadCount: segment.deadCount + count });
  }
}

/** Notes that a segment can't be read, or where its grams are, so that no search tries again before it is made anew. */
export async function markDamaged(library: Library, id: SegmentId, part: 'all' | 'grams' = 'all'): Promise<void> {
  const transaction = library.transaction('segments', 'readwrite');
  const segment = await transaction.store.get(id);
  if (segment) void transaction.store.put({ ...segment, ...(part === 'grams' ? { gramsDamaged: true } : { damaged: true }) });
  await transaction.done;
}

/** Deletes segments with all that they are made of, those from one id to another, within a transaction. */
export function deleteSegments(transaction: Pick<WriteTransaction, 'objectStore'>, first: SegmentId, last = first): void {
  const parts = IDBKeyRange.bound([first, 0], [last, Number.MAX_SAFE_INTEGER]);
  void transaction.objectStore('segments').delete(IDBKeyRange.bound(first, last));
  void transaction.objectStore('termDictionaries').delete(parts);
  void transaction.objectStore('postingBlocks').delete(parts);
}

/** The keys of a segment's stretches, or of its blocks. */
export const partsOf = (id: SegmentId, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange => IDBKeyRange.bound([id, from], [id, to]);

/** Part of the index, whether it can be read or not. */
export const isInPlace = ({ unfinished, successorOf }: Segment): boolean => !unfinished && successorOf === undefined;

/** Those that a search may look into. */
export const readable = (segment: Segment): boolean => isInPlace(segment) && !segment.damaged;

/** Made by rules that no longer hold. */
export const isOutdated = (segment: Segment): boolean =>
  !segment.unfinished && !segment.damaged && segment.analyzerVersion !== analyzerVersion;

export async function removeSegment(library: Library, id: SegmentId): Promise<void> {
  const transaction = library.transaction(['segments', 'termDictionaries', 'postingBlocks'], 'readwrite');
  deleteSegments(transaction, id);
  await transaction.done;
}
