import { hashUnits } from './hash-units';
import { DictionaryReader, type PostingsPlace } from './term-dictionary';
import { hashGrams } from './word-grams';

const bucketBits = 12;

/**
 * A stretch of a dictionary laid open in memory: any term can be looked at, those with a gram are found without looking at others. About 60 bytes a term,
 * six times what the stretch takes, so it is made only of what is asked again and again.
 */
export class TermIndex {
  /** How many terms there are; they are told by their numbers, in the dictionary's order. */
  readonly count: number;
  /** Of all terms, one behind the other. */
  readonly #units: Uint16Array;
  /** Where the units of each term begin, and one more. */
  readonly #starts: Uint32Array;
  readonly #passages: Uint32Array;
  /** Block, offset and bytes of each term. */
  readonly #places: Uint32Array;
  /** Where the entries of each bucket of grams begin, and one more. */
  readonly #buckets = new Uint32Array((1 << bucketBits) + 1);
  readonly #entryGrams: Int32Array;
  readonly #entryTerms: Uint32Array;

  /** @param stretch as `DictionaryWriter` wrote it */
  constructor(stretch: Uint8Array) {
    const hashes = new Int32Array(300);
    const gramsOf = (reader: DictionaryReader) => hashGrams(reader.units, reader.length, hashes, reader.shared);
    const buckets = this.#buckets;
    let [terms, units, grams] = [0, 0, 0];
    for (const reader = new DictionaryReader(stretch); reader.next(); terms++) {
      const count = gramsOf(reader);
      for (let at = 0; at < count; at++) {
        const bucket = bucketOf(hashes[at] as number) + 1;
        buckets[bucket] = (buckets[bucket] as number) + 1;
      }
      units += reader.length;
      grams += count;
    }
    for (let bucket = 1; bucket < buckets.length; bucket++) buckets[bucket] = (buckets[bucket] as number) + (buckets[bucket - 1] as number);

    this.count = terms;
    this.#units = new Uint16Array(units);
    this.#starts = new Uint32Array(terms + 1);
    this.#passages = new Uint32Array(terms);
    this.#places = new Uint32Array(terms * 3);
    this.#entryGrams = new Int32Array(grams);
    this.#entryTerms = new Uint32Array(grams);
    const filled = buckets.slice();
    let term = 0;
    for (const reader = new DictionaryReader(stretch); reader.next(); term++) {
      const start = this.#starts[term] as number;
      for (let at = 0; at < reader.length; at++) this.#units[start + at] = reader.units[at] as number;
      this.#starts[term + 1] = start + reader.length;
      this.#passages[term] = reader.passages;
      this.#places.set([reader.block, reader.offset, reader.bytes], term * 3);
      const count = gramsOf(reader);
      for (let at = 0; at < count; at++) {
        const gram = hashes[at] as number;
        const bucket = bucketOf(gram);
        const entry = filled[bucket] as number;
        filled[bucket] = entry + 1;
        this.#entryGrams[entry] = gram;
        this.#entryTerms[entry] = term;
      }
    }
  }

  get bytes(): number {
    const parts = [this.#units, this.#starts, this.#passages, this.#places, this.#buckets, this.#entryGrams, this.#entryTerms];
    return parts.reduce((sum, part) => sum + part.byteLength, 0);
  }

  /**
   * Sets a bit in the mask of each term that has a gram.
   * @param masks one a term
   * @param touched takes the terms whose mask was 0
   * @param filled of `touched`
   * @returns how many of `touched` are filled then
   */
  mark(gram: number, bit: number, masks: Int32Array, touched: Uint32Array, filled: number): number {
    const bucket = bucketOf(gram);
    const end = this.#buckets[bucket + 1] as number;
    let count = filled;
    for (let entry = this.#buckets[bucket] as number; entry < end; entry++) {
      if (this.#entryGrams[entry] !== gram) continue;
      const term = this.#entryTerms[entry] as number;
      const mask = masks[term] as number;
      if (mask === 0) touched[count++] = term;
      masks[term] = mask | bit;
    }
    return count;
  }

  /** The terms that begin so: the first of them, and the one after the last. */
  beginningWith(beginning: Uint16Array): [from: number, to: number] {
    return [this.#search(beginning, 0), this.#search(beginning, 1)];
  }

  passages(term: number): number {
    return this.#passages[term] as number;
  }

  place(term: number): PostingsPlace {
    const [block = 0, offset = 0, bytes = 0] = this.#places.subarray(term * 3, term * 3 + 3);
    return { passages: this.passages(term), block, offset, bytes };
  }

  hash(term: number): number {
    const units = this.units(term);
    return hashUnits(units, units.length);
  }

  /** Valid as long as the index is. */
  units(term: number): Uint16Array {
    return this.#units.subarray(this.#starts[term], this.#starts[term + 1]);
  }

  /** The first term that is not before all that begin so, or, with `past` 1, that comes after all of them. */
  #search(beginning: Uint16Array, past: 0 | 1): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, beginning) < past) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Below 0 when the term comes before all that begin so, 0 when it is one of them. */
  #compare(term: number, beginning: Uint16Array): number {
    const start = this.#starts[term] as number;
    const length = (this.#starts[term + 1] as number) - start;
    for (let at = 0; at < beginning.length; at++) {
      if (at >= length) return -1;
      const difference = (this.#units[start + at] as number) - (beginning[at] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

const bucketOf = (gram: number) => gram >>> (32 - bucketBits);
