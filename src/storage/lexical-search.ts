import { inverseDocumentFrequency, termScore, weightedFrequency } from '../core/bm25';
import { unpackPostings } from '../core/pack-postings';
import type { PassageId } from '../core/page';
import { readLengths } from './length-slabs';
import { emptyTotals, type Library } from './schema';

export interface LexicalScore {
  readonly id: PassageId;
  /** BM25; see `core/bm25.ts`. */
  readonly score: number;
  /** The share of the question's weight that the passage holds, from 0 to 1. */
  readonly coverage: number;
}

/**
 * Scores the passages that hold any of the terms, by reading only these terms' postings.
 * @param terms of the question, repeated ones as often as they stand there
 * @returns in no particular order
 */
export async function searchPostings(library: Library, terms: readonly string[]): Promise<LexicalScore[]> {
  const distinct = [...new Set(terms)];
  const [totals = emptyTotals, lengths, rows] = await Promise.all([
    library.get('totals', 'library'),
    readLengths(library),
    readRows(library, distinct),
  ]);
  if (totals.passages === 0) return [];
  const averageLength = totals.length / totals.passages;
  const found = new Map<PassageId, { score: number; weight: number }>();
  let wholeWeight = 0;

  for (const blocks of rows) {
    const matches: { id: PassageId; frequency: number; length: number }[] = [];
    for (const block of blocks) {
      unpackPostings(block, (id, body, heading, title) => {
        const length = lengths(id);
        if (length > 0) matches.push({ id, frequency: weightedFrequency(body, heading, title), length });
      });
    }
    const idf = inverseDocumentFrequency(totals.passages, matches.length);
    wholeWeight += idf;
    for (const { id, frequency, length } of matches) {
      const entry = found.get(id) ?? { score: 0, weight: 0 };
      entry.score += termScore(idf, frequency, length, averageLength);
      entry.weight += idf;
      found.set(id, entry);
    }
  }
  return [...found].map(([id, { score, weight }]) => ({ id, score, coverage: weight / wholeWeight }));
}

function readRows(library: Library, terms: readonly string[]): Promise<Uint8Array[][]> {
  const store = library.transaction('postings').store;
  return Promise.all(terms.map((term) => store.getAll(IDBKeyRange.bound([term], [term, Number.MAX_SAFE_INTEGER]))));
}
