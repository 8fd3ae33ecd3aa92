import { hashTerm } from './hash-term';
import { type Posting, unpackPostings } from './pack-postings';
import { packTermTable, readTermTable } from './term-table';

export interface TableToMerge {
  readonly table: Uint8Array;
  /** What has to be added to the table's passage numbers to get those of the merged one. */
  readonly offset: number;
}

/**
 * Makes one table of those of several segments, taking only the terms that belong into this bucket and the postings of passages that still exist.
 * @param tables in the order of their passages, none of which is in two
 * @param isLive told the passage by its number in the merged segment
 */
export function mergeTermTables(
  tables: readonly TableToMerge[],
  bucket: number,
  buckets: number,
  isLive: (passage: number) => boolean,
): Uint8Array<ArrayBuffer> {
  const merged = new Map<string, Posting[]>();
  for (const { table, offset } of tables) {
    for (const [term, reader] of readTermTable(table)) {
      if (hashTerm(term) % buckets !== bucket) continue;
      const postings = merged.get(term) ?? [];
      unpackPostings(reader, (passage, body, heading, title) => {
        if (isLive(passage + offset)) postings.push({ passage: passage + offset, body, heading, title });
      });
      if (postings.length > 0) merged.set(term, postings);
    }
  }
  return packTermTable(merged);
}
