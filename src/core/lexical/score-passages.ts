import type { ByteReader } from '../bytes/byte-stream';
import { selectBest } from '../search/select-best';
import { bm25, inverseDocumentFrequency, weightedFrequency } from './bm25';
import { unpackPostings } from './pack-postings';

/**
 * What terms that are like a word add, against the word itself: the parts of a word, weighed by their rarity and added up, come to several times
 * the weight of the word. English has few forms of a word, and a stemmer that knows them; other languages gain more from parts of words. Tuned on the
 * collections of docs/search.md.
 */
const gramShares = { english: 0.15, other: 0.3 } as const;
/** Terms less alike than this raise a passage's rank, but don't make it hold the word. */
const leastCovering = 0.5;
/** What `saturate` stays below, whatever the frequency. */
const mostSaturated = bm25.k1 + 1;
/** Scores are added up in 32 bits; a bound must not shut out what rounding would let in. */
const roundingShare = 1e-5;

/** Postings of a term that answers to a word of the question. */
export interface MatchedPostings {
  readonly postings: ByteReader;
  /** How many there are at most: all of them when `isWhole`. */
  readonly passages: number;
  /** Of the segment that the postings are from. */
  readonly firstPassageId: number;
  /** Whether all passages of that segment are there and wanted. */
  readonly isWhole: boolean;
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

/** A word of the question as it counts in any passage. */
interface WeighedWord {
  readonly matches: readonly MatchedPostings[];
  readonly rarity: number;
  /** Of what is like the word. */
  readonly partsWeight: number;
  /** Of the question's weight. */
  readonly weight: number;
}

/**
 * Scores passages word by word. A word's score is BM25F of the passages that hold it in any form, and a part of BM25F of the terms that are like
 * it, taken together as if they were one word that stands as often as they do, each in the measure of its likeness.
 *
 * The words that may add most come first. Once what is left cannot bring another passage among the best, only those are looked at that may still be
 * (H. Turtle, J. Flood, "Query Evaluation: Strategies and Optimizations", 1995: MaxScore): the words that stand everywhere come last, and cost little.
 */
export class PassageScorer {
  readonly #words: WeighedWord[] = [];
  readonly #gramShare: number;
  readonly #passages: number;
  readonly #averageLength: number;

  /**
   * @param lengths of the passages by id, in terms; 0 for those that are not to be found
   * @param language of most of them, ISO 639-1
   */
  constructor(
    readonly lengths: Uint16Array,
    language: string | undefined,
  ) {
    this.#gramShare = language === 'en' ? gramShares.english : gramShares.other;
    let passages = 0;
    let sum = 0;
    for (let id = 0; id < lengths.length; id++) {
      const length = lengths[id] as number;
      sum += length;
      if (length > 0) passages += 1;
    }
    this.#passages = passages;
    this.#averageLength = sum / Math.max(1, passages);
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
    const holding = this.#countHolding(matches.filter(({ isExact }) => isExact));
    // A word of the question that stands nowhere weighs as much as one that stands once: in a small library it would outweigh all others.
    const weight = this.rarity(Math.max(1, holding));
    this.#words.push({ matches, rarity: this.rarity(holding), partsWeight: this.#gramShare * gramWeight, weight });
    return holding > 0 ? this.rarity(holding) : 0;
  }

  /** In how many passages any of these stands. */
  #countHolding(matches: readonly MatchedPostings[]): number {
    const perSegment = new Set(matches.map(({ firstPassageId }) => firstPassageId));
    if (perSegment.size === matches.length && matches.every(({ isWhole }) => isWhole)) {
      return matches.reduce((sum, { passages }) => sum + passages, 0);
    }
    const isCounted = new Uint8Array(this.lengths.length);
    let holding = 0;
    for (const { postings, firstPassageId } of matches) {
      unpackPostings(postings, (passage) => {
        const id = firstPassageId + passage;
        if (!this.lengths[id] || isCounted[id]) return;
        isCounted[id] = 1;
        holding += 1;
      });
    }
    return holding;
  }

  /** The best passages, the best first; of equals the older one. */
  best(count: number): PassageScore[] {
    const sums = new Sums(this.lengths, this.#averageLength);
    const bounds = new Map(this.#words.map((word) => [word, mostSaturated * (word.rarity + word.partsWeight)]));
    const words = [...this.#words].sort((a, b) => (bounds.get(b) ?? 0) - (bounds.get(a) ?? 0));
    let left = words.reduce((sum, word) => sum + (bounds.get(word) ?? 0), 0);
    for (const word of words) {
      sums.add(word);
      left -= bounds.get(word) ?? 0;
      if (!sums.isClosed) sums.closeTo(count, left);
    }
    const wholeWeight = this.#words.reduce((sum, { weight }) => sum + weight, 0);
    return sums.best(count, wholeWeight);
  }
}

/** What the words looked at so far come to, by passage. */
class Sums {
  readonly #scores: Float32Array;
  readonly #weights: Float32Array;
  readonly #exact: Float32Array;
  readonly #alike: Float32Array;
  readonly #nearest: Float32Array;
  readonly #touched: Uint32Array;
  /** 1 where words are still looked for. */
  readonly #isOpen: Uint8Array;
  readonly #normAtNone: number;
  readonly #normPerTerm: number;
  /** The highest score, before it was rounded. */
  #most = 0;
  isClosed = false;

  constructor(lengths: Uint16Array, averageLength: number) {
    const { length } = lengths;
    this.#scores = new Float32Array(length);
    this.#weights = new Float32Array(length);
    this.#exact = new Float32Array(length);
    this.#alike = new Float32Array(length);
    this.#nearest = new Float32Array(length);
    this.#touched = new Uint32Array(length);
    this.#isOpen = new Uint8Array(length);
    this.lengths = lengths;
    for (let id = 0; id < length; id++) this.#isOpen[id] = lengths[id] === 0 ? 0 : 1;
    this.#normAtNone = bm25.k1 * (1 - bm25.b);
    this.#normPerTerm = (bm25.k1 * bm25.b) / averageLength;
  }

  readonly lengths: Uint16Array;

  add({ matches, rarity, partsWeight, weight }: WeighedWord): void {
    let touched = 0;
    for (const { postings, firstPassageId, isExact, similarity } of matches) {
      unpackPostings(postings, (passage, body, heading, title) => {
        const id = firstPassageId + passage;
        if (!this.#isOpen[id]) return;
        const frequency = similarity * weightedFrequency(body, heading, title);
        if (this.#alike[id] === 0) this.#touched[touched++] = id;
        if (isExact) this.#exact[id] = (this.#exact[id] as number) + frequency;
        this.#alike[id] = (this.#alike[id] as number) + frequency;
        if (similarity > (this.#nearest[id] as number)) this.#nearest[id] = similarity;
      });
    }
    for (let at = 0; at < touched; at++) {
      const id = this.#touched[at] as number;
      const norm = this.#normAtNone + this.#normPerTerm * (this.lengths[id] as number);
      const exact = this.#exact[id] as number;
      const alike = this.#alike[id] as number;
      const ofWord = (exact * mostSaturated) / (exact + norm);
      // Most passages that hold a common word hold nothing else that is like it.
      const ofParts = alike === exact ? ofWord : (alike * mostSaturated) / (alike + norm);
      const score = (this.#scores[id] as number) + rarity * ofWord + partsWeight * ofParts;
      this.#scores[id] = score;
      if (score > this.#most) this.#most = score;
      const nearest = this.#nearest[id] as number;
      if (nearest >= leastCovering) this.#weights[id] = (this.#weights[id] as number) + weight * nearest;
      this.#exact[id] = 0;
      this.#alike[id] = 0;
      this.#nearest[id] = 0;
    }
  }

  /** Looks no further at passages that so much more would not bring among the best, if that is true of all that nothing was found in yet. */
  closeTo(count: number, left: number): void {
    if (this.#most * (1 + roundingShare) <= left) return;
    let above = 0;
    for (let id = 0; id < this.#scores.length && above < count; id++) if ((this.#scores[id] as number) > left) above += 1;
    if (above < count) return;
    const best = selectBest(this.#scores, count, 0);
    const worst = best.reduce((least, id) => Math.min(least, this.#scores[id] as number), Number.POSITIVE_INFINITY);
    const needed = worst * (1 - roundingShare) - left;
    if (needed <= 0) return;
    this.isClosed = true;
    for (let id = 0; id < this.#scores.length; id++) if ((this.#scores[id] as number) < needed) this.#isOpen[id] = 0;
  }

  best(count: number, wholeWeight: number): PassageScore[] {
    return selectBest(this.#scores, count, 0)
      .map((id) => ({
        id,
        score: this.#scores[id] as number,
        // Sums of rounded numbers may come out a little higher.
        coverage: Math.min(1, (this.#weights[id] as number) / wholeWeight),
      }))
      .sort((a, b) => b.score - a.score || a.id - b.id);
  }
}
