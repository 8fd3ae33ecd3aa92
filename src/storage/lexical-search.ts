import { inverseDocumentFrequency, termScore, weightedFrequency } from '../core/bm25';
import { hashTerm } from '../core/hash-term';
import { unpackPostings } from '../core/pack-postings';
import type { PassageId } from '../core/page';
import { findInTermTable } from '../core/term-table';
import { readLengths } from './length-slabs';
import { emptyTotals, type Library, type Segment } from './schema';

export interface LexicalScore {
  readonly id: PassageId;
  /** BM25; see `core/bm25.ts`. */
  readonly score: number;
  /** The share of the question's weight that the passage holds, from 0 to 1. */
  readonly coverage: number;
}

/**
 * Scores the passages that hold any of the terms, by reading only the tables where these terms stand.
 * @param terms of the question
 * @returns in no particular order
 */
export async function searchPostings(library: Library, terms: readonly string[]): Promise<LexicalScore[]> {
  const distinct = [...new Set(terms)];
  const [totals = emptyTotals, lengths, tables] = await Promise.all([
    library.get('totals', 'library'),
    readLengths(library),
    readTables(library, distinct),
  ]);
  if (totals.passages === 0) return [];
  const averageLength = totals.length / totals.passages;
  const found = new Map<PassageId, { score: number; weight: number }>();
  let wholeWeight = 0;

  for (const term of distinct) {
    const matches: { id: PassageId; frequency: number; length: number }[] = [];
    for (const { firstPassageId, table } of tables(term)) {
      const postings = findInTermTable(table, term);
      if (!postings) continue;
      unpackPostings(postings, (passage, body, heading, title) => {
        const id = (firstPassageId + passage) as PassageId;
        const length = lengths(id);
        if (length > 0) matches.push({ id, frequency: weightedFrequency(body, heading, title), length });
      });
    }
    const idf = inverseDocumentFrequency(totals.passages, matches.length);
    // A word of the question that stands nowhere weighs as much as one that stands once: in a small library it would outweigh all others.
    const weight = inverseDocumentFrequency(totals.passages, Math.max(1, matches.length));
    wholeWeight += weight;
    for (const { id, frequency, length } of matches) {
      const entry = found.get(id) ?? { score: 0, weight: 0 };
      entry.score += termScore(idf, frequency, length, averageLength);
      entry.weight += weight;
      found.set(id, entry);
    }
  }
  return [...found].map(([id, { score, weight }]) => ({ id, score, coverage: weight / wholeWeight }));
}

interface FoundTable {
  readonly firstPassageId: number;
  readonly table: Uint8Array;
}

/** Reads the tables that may hold the terms, each once, as they stand at one moment. */
async function readTables(library: Library, terms: readonly string[]): Promise<(term: string) => FoundTable[]> {
  const transaction = library.transaction(['segments', 'termTables']);
  const segments = (await transaction.objectStore('segments').getAll()).filter(({ unfinished }) => !unfinished);
  const bucketOf = ({ buckets }: Segment, term: string) => hashTerm(term) % buckets;
  const bySegment = await Promise.all(
    segments.map(async (segment) => {
      const buckets = [...new Set(terms.map((term) => bucketOf(segment, term)))];
      const tables = await Promise.all(buckets.map((bucket) => transaction.objectStore('termTables').get([segment.id, bucket])));
      return { segment, tables: new Map(buckets.map((bucket, index) => [bucket, tables[index]])) };
    }),
  );
  return (term) =>
    bySegment.flatMap(({ segment, tables }) => {
      const table = tables.get(bucketOf(segment, term));
      return table ? [{ firstPassageId: segment.firstPassageId, table }] : [];
    });
}
