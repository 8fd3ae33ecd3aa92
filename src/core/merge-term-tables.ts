import type { ByteReader } from './byte-stream';
import { hashTerm } from './hash-term';
import { unpackPostings } from './pack-postings';
import { packTermTable, readTermTable, type TermPostings } from './term-table';

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
 * @returns a table for each bucket that had any term; it may be empty
 */
export function mergeTermTables(
  tables: readonly TableToMerge[],
  buckets: number,
  isLive: (passage: number) => boolean,
): Map<number, Uint8Array<ArrayBuffer>> {
  const merged = new Map<number, Map<string, PostingsPart[]>>();
  for (const { table, offset } of tables) {
    for (const [term, reader] of readTermTable(table)) {
      const bucket = hashTerm(term) % buckets;
      const terms = merged.get(bucket) ?? new Map<string, PostingsPart[]>();
      merged.set(bucket, terms);
      const parts = terms.get(term);
      if (parts) parts.push({ reader, offset });
      else terms.set(term, [{ reader, offset }]);
    }
  }
  return new Map([...merged].map(([bucket, terms]) => [bucket, packTermTable(joinParts(terms, isLive))]));
}

interface PostingsPart {
  readonly reader: ByteReader;
  readonly offset: number;
}

function* joinParts(terms: ReadonlyMap<string, readonly PostingsPart[]>, isLive: (passage: number) => boolean): Generator<TermPostings> {
  for (const [term, parts] of terms) {
    yield [
      term,
      (add) => {
        for (const { reader, offset } of parts) {
          unpackPostings(reader, (passage, body, heading, title) => {
            if (isLive(passage + offset)) add(passage + offset, body, heading, title);
          });
        }
      },
    ];
  }
}
