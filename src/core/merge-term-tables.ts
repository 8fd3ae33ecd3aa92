import { hashTerm } from './hash-term';
import { type Posting, unpackPostings } from './pack-postings';
import { packTermTable, readTermTable } from './term-table';

export interface TableToMerge {
  readonly table: Uint8Array;
  /** What has to be added to the table's passage numbers to get those of the merged one. */
  readonly offset: number;
}

/**
 * Merges tables of several segments and splits the result by the terms' hashes, leaving out the postings of passages that no longer exist.
 * @param tables in the order of their passages, none of which is in two segments
 * @param buckets how many the merged segment has
 * @param isLive told the passage by its number in the merged segment
 * @returns a table for each bucket that has any term
 */
export function mergeTermTables(
  tables: readonly TableToMerge[],
  buckets: number,
  isLive: (passage: number) => boolean,
): Map<number, Uint8Array<ArrayBuffer>> {
  const merged = new Map<number, Map<string, Posting[]>>();
  for (const { table, offset } of tables) {
    for (const [term, reader] of readTermTable(table)) {
      const bucket = hashTerm(term) % buckets;
      const terms = merged.get(bucket) ?? new Map<string, Posting[]>();
      const postings = terms.get(term) ?? [];
      unpackPostings(reader, (passage, body, heading, title) => {
        if (isLive(passage + offset)) postings.push({ passage: passage + offset, body, heading, title });
      });
      if (postings.length === 0) continue;
      merged.set(bucket, terms.set(term, postings));
    }
  }
  return new Map([...merged].map(([bucket, terms]) => [bucket, packTermTable(terms)]));
}
