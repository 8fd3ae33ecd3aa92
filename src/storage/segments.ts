import type { PassageId } from '../core/page';
import type { Segment, SegmentId, WriteTransaction } from './schema';

/** Adds the segment of one page, within a transaction. */
export function addPageSegment(
  transaction: WriteTransaction,
  id: SegmentId,
  firstPassageId: PassageId,
  passageCount: number,
  table: Uint8Array<ArrayBuffer>,
): void {
  if (passageCount === 0) return;
  const segment: Segment = { id, level: 0, firstPassageId, passageCount, deadCount: 0, buckets: 1, bytes: table.length };
  void transaction.objectStore('segments').put(segment);
  void transaction.objectStore('termTables').put(table, [id, 0]);
}

/** Notes that the passages of a page are gone, within a transaction. Their postings go when their segment is written anew. */
export async function countDead(transaction: WriteTransaction, firstPassageId: PassageId, count: number): Promise<void> {
  const store = transaction.objectStore('segments');
  for (const segment of await store.getAll()) {
    const holds = segment.firstPassageId <= firstPassageId && firstPassageId < segment.firstPassageId + segment.passageCount;
    if (holds) await store.put({ ...segment, deadCount: segment.deadCount + count });
  }
}

export const tablesOf = (id: SegmentId): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
