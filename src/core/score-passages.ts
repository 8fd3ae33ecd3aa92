import { inverseDocumentFrequency, lengthNorm, saturateAt, weightedFrequency } from './bm25';
import type { ByteReader } from './byte-stream';
import { unpackPostings } from './pack-postings';
import { selectBest } from './select-best';

/**
 * What terms that are like a word add, against the word itself: the parts of a word, weighed by their rarity and added up, come to several times
 * the weight of the word. English has few forms of a word, and a stemmer that knows them; other languages gain more from parts of words. Tuned on the
 * collections of docs/search.md.
 */
const gramShares = { english: 0.15, other: 0.3 } as const;
/** Terms less alike than this raise a passage's rank, but don't make it hold the word. */
const leastCovering = 0.5;

/** Postings of a term that answers to a word of the question. */
export interface MatchedPostings {
  readonly postings: ByteReader;
  /** Of the segment that the postings are from. */
  readonly firstPassageId: number;
  readonly isExact: boolean;
  readonly similarity: number;
}

export interface PassageScore {
  readonly id: number;
  /** Higher is better. */
  readonly score: number;
  /** From 0 to 1: the share of the question's weight that the passage holds. */
  readonly coverage: number;
}

/**
 * Scores passages word by word. A word's score is BM25F of the passages that hold it in any form, and a part of BM25F of the terms that are like
 * it, taken together as if they were one word that stands as often as they do, each in the measure of its likeness.
 */
export class PassageScorer {
  readonly #scores: Float32Array;
  readonly #weights: Float32Array;
  readonly #exact: Float32Array;
  readonly #alike: Float32Array;
  readonly #nearest: Float32Array;
  readonly #norms: Float32Array;
  readonly #passages: number;
  readonly #averageLength: number;
  #wholeWeight = 0;

  readonly #gramShare: number;

  /**
   * @param lengths of the passages by id, in terms; 0 for those that are not to be found
   * @param language of most of them, ISO 639-1
   */
  constructor(
    readonly lengths: Uint16Array,
    language: string | undefined,
  ) {
    this.#gramShare = language === 'en' ? gramShares.english : gramShares.other;
    this.#scores = new Float32Array(lengths.length);
    this.#weights = new Float32Array(lengths.length);
    this.#exact = new Float32Array(lengths.length);
    this.#alike = new Float32Array(lengths.length);
    this.#nearest = new Float32Array(lengths.length);
    this.#norms = new Float32Array(lengths.length);
    let passages = 0;
    let sum = 0;
    for (let id = 0; id < lengths.length; id++) {
      const length = lengths[id] as number;
      sum += length;
      if (length > 0) passages += 1;
    }
    this.#passages = passages;
    this.#averageLength = sum / Math.max(1, passages);
    for (let id = 0; id < lengths.length; id++) this.#norms[id] = lengthNorm(lengths[id] as number, this.#averageLength);
  }

  /** The rarity of what stands in so many passages. */
  rarity(passages: number): number {
    return inverseDocumentFrequency(this.#passages, Math.min(this.#passages, passages));
  }

  /** Of all that may be found, in terms. */
  get averageLength(): number {
    return this.#averageLength;
  }

  /**
   * @param gramWeight see `TermMatcher.matches`
   * @returns the rarity of the word; 0 when it stands nowhere
   */
  addWord(matches: readonly MatchedPostings[], gramWeight: number): number {
    const touched: number[] = [];
    let holding = 0;
    for (const { postings, firstPassageId, isExact, similarity } of matches) {
      unpackPostings(postings, (passage, body, heading, title) => {
        const id = firstPassageId + passage;
        if (!this.lengths[id]) return;
        const frequency = similarity * weightedFrequency(body, heading, title);
        if (this.#alike[id] === 0) touched.push(id);
        if (isExact) {
          if (this.#exact[id] === 0) holding += 1;
          this.#exact[id] = (this.#exact[id] as number) + frequency;
        }
        this.#alike[id] = (this.#alike[id] as number) + frequency;
        if (similarity > (this.#nearest[id] as number)) this.#nearest[id] = similarity;
      });
    }
    const rarity = this.rarity(holding);
    // A word of the question that stands nowhere weighs as much as one that stands once: in a small library it would outweigh all others.
    const weight = this.rarity(Math.max(1, holding));
    this.#wholeWeight += weight;
    const partsWeight = this.#gramShare * gramWeight;
    for (const id of touched) {
      const norm = this.#norms[id] as number;
      const exact = this.#exact[id] as number;
      const alike = this.#alike[id] as number;
      const ofWord = saturateAt(exact, norm);
      // Most passages that hold a common word hold nothing else that is like it.
      const ofParts = alike === exact ? ofWord : saturateAt(alike, norm);
      this.#scores[id] = (this.#scores[id] as number) + rarity * ofWord + partsWeight * ofParts;
      const nearest = this.#nearest[id] as number;
      if (nearest >= leastCovering) this.#weights[id] = (this.#weights[id] as number) + weight * nearest;
      this.#exact[id] = 0;
      this.#alike[id] = 0;
      this.#nearest[id] = 0;
    }
    return holding > 0 ? rarity : 0;
  }

  /** The best passages, the best first; of equals the older one. */
  best(count: number): PassageScore[] {
    return selectBest(this.#scores, count)
      .map((id) => ({
        id,
        score: this.#scores[id] as number,
        // Sums of rounded numbers may come out a little higher.
        coverage: Math.min(1, (this.#weights[id] as number) / this.#wholeWeight),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.id - b.id);
  }
}
