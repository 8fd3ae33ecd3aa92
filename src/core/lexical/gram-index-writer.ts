import { bytesOfInteger, putInteger } from '../bytes/put-integer';
import { hashGrams } from './word-grams';

/** About so many grams are looked through for one. */
const gramsPerBucket = 8;
/** About so large is what is read for a gram. */
const recordBytes = 16_000;
const leastTableBits = 12;

/**
 * Writes in which runs of a dictionary each gram stands, and in how many passages the terms that have it. It is stored in records, by the first bits of the
 * grams' hashes, so that one is found at once; a record in buckets, by the bits that follow. Behind the number of those bits stands where each bucket
 * ends, 32 bits each, then for each gram the distance of its hash from the one before or from the bucket's first, its passages, the length of its list, and the list: the distance of each
 * run from the one before.
 */
export class GramIndexWriter {
  /** By place in the table of hashes: the number of the gram and one more; 0 where there is none. */
  #table = new Int32Array(1 << leastTableBits);
  #tableBits = leastTableBits;
  #count = 0;
  #grams = new GramColumns(1 << (leastTableBits - 1));
  /** Which grams each run has, one run after the other. */
  #pairs = new Int32Array(1 << leastTableBits);
  #pairCount = 0;
  /** Where the grams of each run end. */
  readonly #runEnds: number[] = [];
  #term = 0;
  readonly #units = new Uint16Array(256);
  #length = 0;
  readonly #hashes = new Int32Array(300);
  readonly #numbers = new Int32Array(300);

  /** @param term of 255 units at most; those of a run follow one another */
  add(term: string, run: number, passages: number): void {
    const count = this.#number(term);
    const grams = this.#grams;
    this.#term += 1;
    for (let at = 0; at < count; at++) {
      const gram = this.#numbers[at] as number;
      if (grams.lastTerm[gram] === this.#term) continue;
      grams.lastTerm[gram] = this.#term;
      grams.passages[gram] = (grams.passages[gram] as number) + passages;
      if (grams.nextRun[gram] === run + 1) continue;
      grams.listBytes[gram] = (grams.listBytes[gram] as number) + bytesOfInteger(run - (grams.nextRun[gram] as number));
      grams.nextRun[gram] = run + 1;
      if (this.#pairCount === this.#pairs.length) this.#pairs = grown(this.#pairs);
      this.#pairs[this.#pairCount++] = gram;
    }
    this.#runEnds[run] = this.#pairCount;
  }

  /** Gives each gram of a term its number; those that it has in common with the term before have theirs. @returns how many there are */
  #number(term: string): number {
    const units = this.#units;
    let shared = 0;
    while (shared < term.length && shared < this.#length && term.charCodeAt(shared) === units[shared]) shared++;
    for (let at = shared; at < term.length; at++) units[at] = term.charCodeAt(at);
    this.#length = term.length;
    const count = hashGrams(units, term.length, this.#hashes, shared);
    // The gram at the end of the part in common is another, and so is the one before it.
    for (let at = Math.max(0, shared - 2); at < count; at++) this.#numbers[at] = this.#numberOf(this.#hashes[at] as number);
    return count;
  }

  #numberOf(hash: number): number {
    const place = this.#placeOf(hash);
    const known = this.#table[place] as number;
    if (known > 0) return known - 1;
    const number = this.#count++;
    this.#table[place] = number + 1;
    if (number === this.#grams.hashes.length) this.#grams = this.#grams.grown();
    this.#grams.hashes[number] = hash;
    if (this.#count * 2 > this.#table.length) this.#enlarge();
    return number;
  }

  #placeOf(hash: number): number {
    const last = this.#table.length - 1;
    let place = hash >>> (32 - this.#tableBits);
    for (; ; place = (place + 1) & last) {
      const number = this.#table[place] as number;
      if (number === 0 || this.#grams.hashes[number - 1] === hash) return place;
    }
  }

  #enlarge(): void {
    this.#tableBits += 1;
    this.#table = new Int32Array(1 << this.#tableBits);
    for (let number = 0; number < this.#count; number++) this.#table[this.#placeOf(this.#grams.hashes[number] as number)] = number + 1;
  }

  /** @returns the records: a power of two, none without any gram */
  finish(): Uint8Array<ArrayBuffer>[] {
    const hashes = new Uint32Array(this.#grams.hashes.subarray(0, this.#count)).sort();
    const inOrder = Int32Array.from(hashes, (hash) => (this.#table[this.#placeOf(hash | 0)] as number) - 1);
    if (inOrder.length === 0) return [];
    const { passages, listBytes, nextRun } = this.#grams;
    const bucketBits = bitsOf(inOrder.length / gramsPerBucket);
    const listsBytes = listBytes.subarray(0, this.#count).reduce((sum, bytes) => sum + bytes, 0);
    const recordBits = Math.min(bucketBits, bitsOf(listsBytes / recordBytes));
    const buckets = 2 ** (bucketBits - recordBits);
    const headBytes = 1 + 4 * buckets;

    // First where everything comes to stand, then it is put there.
    const bucketOf = (hash: number) => (bucketBits === 0 ? 0 : hash >>> (32 - bucketBits));
    const headOf = (at: number) => {
      const hash = hashes[at] as number;
      const gram = inOrder[at] as number;
      const isFirst = at === 0 || bucketOf(hashes[at - 1] as number) !== bucketOf(hash);
      return [
        isFirst ? hash % 2 ** (32 - bucketBits) : hash - (hashes[at - 1] as number),
        passages[gram] as number,
        listBytes[gram] as number,
      ] as const;
    };
    const sizes = new Float64Array(2 ** bucketBits);
    for (let at = 0; at < inOrder.length; at++) {
      const bucket = bucketOf(hashes[at] as number);
      const head = headOf(at);
      sizes[bucket] = (sizes[bucket] as number) + head.reduce((sum, value) => sum + bytesOfInteger(value), head[2]);
    }
    const records = Array.from({ length: 2 ** recordBits }, (_, record) => {
      const ofRecord = sizes.subarray(record * buckets, (record + 1) * buckets);
      const bytes = new Uint8Array(ofRecord.reduce((sum, size) => sum + size, headBytes));
      const view = new DataView(bytes.buffer);
      bytes[0] = bucketBits - recordBits;
      let end = headBytes;
      ofRecord.forEach((size, bucket) => {
        end += size;
        view.setUint32(1 + 4 * bucket, end);
      });
      return bytes;
    });
    const recordOf = (hash: number) => (recordBits === 0 ? 0 : hash >>> (32 - recordBits));
    const recordOfGram = new Int32Array(this.#count);
    const nextByte = new Int32Array(this.#count);
    let record = -1;
    let to = 0;
    for (let at = 0; at < inOrder.length; at++) {
      const gram = inOrder[at] as number;
      const ofHash = recordOf(hashes[at] as number);
      if (ofHash !== record) to = headBytes;
      record = ofHash;
      const bytes = records[record] as Uint8Array;
      for (const value of headOf(at)) to = putInteger(bytes, to, value);
      recordOfGram[gram] = record;
      nextByte[gram] = to;
      to += listBytes[gram] as number;
    }
    nextRun.fill(0);
    let from = 0;
    this.#runEnds.forEach((end, run) => {
      for (let at = from; at < end; at++) {
        const gram = this.#pairs[at] as number;
        const bytes = records[recordOfGram[gram] as number] as Uint8Array;
        nextByte[gram] = putInteger(bytes, nextByte[gram] as number, run - (nextRun[gram] as number));
        nextRun[gram] = run + 1;
      }
      from = end;
    });
    return records;
  }
}

/** What is known of each gram, by its number. */
class GramColumns {
  readonly hashes: Int32Array;
  readonly passages: Float64Array;
  /** The number of the last term that has it. */
  readonly lastTerm: Int32Array;
  /** The run behind the last that has it. */
  readonly nextRun: Int32Array;
  readonly listBytes: Int32Array;

  constructor(length: number) {
    this.hashes = new Int32Array(length);
    this.passages = new Float64Array(length);
    this.lastTerm = new Int32Array(length);
    this.nextRun = new Int32Array(length);
    this.listBytes = new Int32Array(length);
  }

  grown(): GramColumns {
    const larger = new GramColumns(this.hashes.length * 2);
    for (const column of ['hashes', 'passages', 'lastTerm', 'nextRun', 'listBytes'] as const) larger[column].set(this[column]);
    return larger;
  }
}

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

const bitsOf = (count: number): number => Math.max(0, Math.ceil(Math.log2(count)));
