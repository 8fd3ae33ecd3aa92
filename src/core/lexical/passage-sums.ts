import type { ByteReader } from '../bytes/byte-stream';
import { bm25, weightedFrequency } from './bm25';
import { unpackPostings } from './pack-postings';
import type { PassageLengths } from './passage-lengths';
import type { PostingsByPassage } from './postings-by-passage';

/** Terms less alike than this raise a passage's rank, but don't make it hold the word. */
const leastCovering = 0.5;
/** What `saturate` stays below, whatever the frequency. */
export const mostSaturated = bm25.k1 + 1;
/** Scores are added up in 32 bits; a bound must not shut out what rounding would let in. */
const roundingShare = 1e-5;
/** Postings are looked up one by one where they are at least so many times as many as the passages in question. */
const lookedUpTimes = 4;
/** Scores are told apart so finely where a bound is sought. */
const bins = 512;

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
  /** The same postings laid out, if they are; asked only where few of them are looked for. */
  readonly byPassage?: (() => PostingsByPassage | undefined) | undefined;
}

export interface PassageScore {
  readonly id: number;
  /** Higher is better. */
  readonly score: number;
  /** From 0 to 1: the share of the question's weight that the passage holds. */
  readonly coverage: number;
}

/** A word of the question as it counts in any passage. */
export interface WeighedWord {
  readonly matches: readonly MatchedPostings[];
  readonly rarity: number;
  /** Of what is like the word. */
  readonly partsWeight: number;
  /** Of the question's weight. */
  readonly weight: number;
}

/**
 * What the words looked at so far come to, by passage. There is a place for each passage of the library, and few are used by a question: so the places are
 * kept for the next one, and each question leaves them empty.
 */
export class PassageSums {
  #scores = new Float32Array(0);
  #weights = new Float32Array(0);
  #exact = new Float32Array(0);
  #alike = new Float32Array(0);
  #nearest = new Float32Array(0);
  /** Those that the word under way stands in, in the order they were met in. */
  #touched = new Uint32Array(0);
  /** Those that anything was found in and that may still be among the best. */
  #reached = new Uint32Array(0);
  #reachedCount = 0;
  /** 1 where words are looked for. */
  #isOpen = new Uint8Array(0);
  /** Whether a word is under way: true before the next one only if it threw, and then what it stood in is not known. */
  #isAmidWord = false;
  /** Whether words are looked for only where some were found already. */
  #isClosed = false;
  #lengths = new Uint16Array(0);
  #normAtNone = 0;
  #normPerTerm = 0;
  /** No score is higher, before it was rounded. */
  #most = 0;
  readonly #histogram = new Uint32Array(bins + 1);

  /** To be called before each question. */
  begin(lengths: PassageLengths): void {
    const { length } = lengths.byId;
    if (this.#scores.length !== length || this.#isAmidWord) this.#makeRoom(length);
    else this.#clear();
    this.#lengths = lengths.byId as Uint16Array<ArrayBuffer>;
    this.#isOpen.set(lengths.isThere);
    this.#isClosed = false;
    this.#most = 0;
    this.#normAtNone = bm25.k1 * (1 - bm25.b);
    this.#normPerTerm = (bm25.k1 * bm25.b) / lengths.average;
  }

  #makeRoom(length: number): void {
    this.#scores = new Float32Array(length);
    this.#weights = new Float32Array(length);
    this.#exact = new Float32Array(length);
    this.#alike = new Float32Array(length);
    this.#nearest = new Float32Array(length);
    this.#touched = new Uint32Array(length);
    this.#reached = new Uint32Array(length);
    this.#isOpen = new Uint8Array(length);
    this.#reachedCount = 0;
    this.#isAmidWord = false;
  }

  #clear(): void {
    for (let at = 0; at < this.#reachedCount; at++) this.#forget(this.#reached[at] as number);
    this.#reachedCount = 0;
  }

  #forget(id: number): void {
    this.#scores[id] = 0;
    this.#weights[id] = 0;
  }

  /** In how many of the passages that are there any of these stands. What is added next has to `begin` anew. */
  countHolding(lengths: PassageLengths, matches: readonly MatchedPostings[]): number {
    this.begin(lengths);
    const uncounted = this.#isOpen;
    let count = 0;
    for (const { postings, firstPassageId } of matches) {
      unpackPostings(postings, (passage) => {
        const id = firstPassageId + passage;
        if (uncounted[id] !== 1) return;
        uncounted[id] = 0;
        count += 1;
      });
    }
    return count;
  }

  add({ matches, rarity, partsWeight, weight }: WeighedWord): void {
    const touched = this.#gatherAll(matches);
    for (let at = 0; at < touched; at++) {
      const id = this.#touched[at] as number;
      const norm = this.#normAtNone + this.#normPerTerm * (this.#lengths[id] as number);
      const exact = this.#exact[id] as number;
      const alike = this.#alike[id] as number;
      const ofWord = (exact * mostSaturated) / (exact + norm);
      // Most passages that hold a common word hold nothing else that is like it.
      const ofParts = alike === exact ? ofWord : (alike * mostSaturated) / (alike + norm);
      const before = this.#scores[id] as number;
      const score = before + rarity * ofWord + partsWeight * ofParts;
      const nearest = this.#nearest[id] as number;
      this.#letGo(id);
      // Nobody would know that there is something to forget.
      if (score === 0) continue;
      if (before === 0) this.#reached[this.#reachedCount++] = id;
      this.#scores[id] = score;
      if (score > this.#most) this.#most = score;
      if (nearest >= leastCovering) this.#weights[id] = (this.#weights[id] as number) + weight * nearest;
    }
  }

  /** @returns how many passages the word was met in */
  #gatherAll(matches: readonly MatchedPostings[]): number {
    this.#isAmidWord = true;
    const touched = matches.reduce((count, match) => this.#gather(match, count), 0);
    this.#isAmidWord = false;
    return touched;
  }

  #letGo(id: number): void {
    this.#exact[id] = 0;
    this.#alike[id] = 0;
    this.#nearest[id] = 0;
  }

  /**
   * Adds up how often a term stands in each open passage. Reads the bytes as `unpackPostings` does, but itself: a question goes through some hundred thousand
   * postings, and most are of passages that are open no more, of which only the length has to be known.
   * @param touched how many passages the word was met in so far
   * @returns the same, with those of this term
   * @throws RangeError when the bytes end in the middle of a posting
   */
  #gather(match: MatchedPostings, touched: number): number {
    const { postings, passages, firstPassageId, isExact, similarity } = match;
    const laidOut = this.#isClosed && this.#reachedCount * lookedUpTimes <= passages ? match.byPassage?.() : undefined;
    if (laidOut) return this.#lookUp(laidOut, match, touched);
    const { source, position, to } = postings;
    const [isOpen, exact, alike, nearest, met] = [this.#isOpen, this.#exact, this.#alike, this.#nearest, this.#touched];
    let count = touched;
    let at = position;
    let id = firstPassageId;
    while (at < to) {
      let byte = source[at++] as number;
      const flags = byte & 7;
      if (byte < 128) id += byte >> 3;
      else {
        let value = byte & 127;
        for (let scale = 128; byte >= 128 && at < to; scale *= 128) {
          byte = source[at++] as number;
          value += (byte & 127) * scale;
        }
        if (byte >= 128) throw cutShort();
        id += (value - flags) / 8;
      }
      const counts = at;
      at += countBytes[flags] as number;
      if (at > to) throw cutShort();
      if (isOpen[id] !== 1) continue;
      const frequency = similarity * (flags === 4 ? bm25.weights.body : frequencyOf(source, counts, flags));
      if (alike[id] === 0) met[count++] = id;
      if (isExact) exact[id] = (exact[id] as number) + frequency;
      alike[id] = (alike[id] as number) + frequency;
      if (similarity > (nearest[id] as number)) nearest[id] = similarity;
    }
    return count;
  }

  /** The same for postings that are laid out. */
  #lookUp({ places, frequencies }: PostingsByPassage, { firstPassageId, isExact, similarity }: MatchedPostings, touched: number): number {
    let count = touched;
    for (let at = 0; at < this.#reachedCount; at++) {
      const id = this.#reached[at] as number;
      const passage = id - firstPassageId;
      const place = passage >= 0 && passage < places.length ? (places[passage] as number) : 0;
      if (place === 0) continue;
      const frequency = similarity * (frequencies[place] as number);
      if (this.#alike[id] === 0) this.#touched[count++] = id;
      if (isExact) this.#exact[id] = (this.#exact[id] as number) + frequency;
      this.#alike[id] = (this.#alike[id] as number) + frequency;
      if (similarity > (this.#nearest[id] as number)) this.#nearest[id] = similarity;
    }
    return count;
  }

  /** Looks no further at passages that so much more would not bring among the best, once that is true of all that nothing was found in yet. */
  closeTo(count: number, left: number): void {
    if (this.#reachedCount < count || this.#most <= left) return;
    const needed = this.#reachedBy(count) * (1 - roundingShare) - left;
    if (needed <= 0) return;
    if (!this.#isClosed) this.#isOpen.fill(0);
    let kept = 0;
    for (let at = 0; at < this.#reachedCount; at++) {
      const id = this.#reached[at] as number;
      const isKept = (this.#scores[id] as number) >= needed;
      this.#isOpen[id] = isKept ? 1 : 0;
      if (isKept) this.#reached[kept++] = id;
      else this.#forget(id);
    }
    this.#reachedCount = kept;
    this.#isClosed = true;
  }

  /** A score that at least so many passages have reached, and not many more; 0 if there are no more than that. */
  #reachedBy(count: number): number {
    const scale = bins / this.#most;
    this.#histogram.fill(0);
    for (let at = 0; at < this.#reachedCount; at++) {
      const bin = ((this.#scores[this.#reached[at] as number] as number) * scale) | 0;
      this.#histogram[bin] = (this.#histogram[bin] as number) + 1;
    }
    let bin = bins + 1;
    for (let reached = 0; bin > 0 && reached < count; ) reached += this.#histogram[--bin] as number;
    // A little lower, for the bins' edges are rounded.
    return Math.max(0, bin - 0.01) / scale;
  }

  /** The best, the best first; of equals the older one. */
  best(count: number, wholeWeight: number): PassageScore[] {
    const worst = this.#reachedBy(count);
    const best: PassageScore[] = [];
    for (let at = 0; at < this.#reachedCount; at++) {
      const id = this.#reached[at] as number;
      const score = this.#scores[id] as number;
      // Sums of rounded numbers may come out a little higher.
      if (score >= worst) best.push({ id, score, coverage: Math.min(1, (this.#weights[id] as number) / wholeWeight) });
    }
    return best.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, count);
  }
}

/** How many counts follow a posting with these flags; see `PostingsPacker`. */
const countBytes = Uint8Array.from({ length: 8 }, (_, flags) => (flags & 1) + ((flags >> 1) & 1) + (flags & 4 ? 0 : 1));

const cutShort = () => new RangeError('The bytes are cut short.');

/** The frequency, weighed by the fields, of a posting whose counts stand there. */
function frequencyOf(source: Uint8Array, counts: number, flags: number): number {
  let at = counts;
  const heading = flags & 1 ? (source[at++] as number) : 0;
  const title = flags & 2 ? (source[at++] as number) : 0;
  return weightedFrequency(flags & 4 ? 1 : (source[at] as number), heading, title);
}
