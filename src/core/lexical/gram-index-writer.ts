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
  /** What is known of each gram, by its number, side by side; see `columns`. */
  #grams = new Int32Array(columns << (leastTableBits - 1));
  /** Which grams each run has, one run after the other. */
  #pairs = new Int32Array(1 << leastTableBits);
  #pairCount = 0;
  /** Where the grams of each run end. */
  readonly #runEnds: number[] = [];
  #run = -1;
  readonly #units = new Uint16Array(256);
  #length = 0;
  readonly #hashes = new Int32Array(300);
  /** The grams of the last term, in order: their numbers; -1 where it had the same before. */
  readonly #ofTerm = new Int32Array(300);
  #ofTermCount = 0;
  /** In how many passages those terms stand that had this gram and none behind it, since it was the term's. */
  readonly #passages = new Float64Array(300);

  /** @param term of 255 units at most; those of a run follow one another */
  add(term: string, run: number, passages: number): void {
    const units = this.#units;
    let shared = 0;
    while (shared < term.length && shared < this.#length && term.charCodeAt(shared) === units[shared]) shared++;
    for (let at = shared; at < term.length; at++) units[at] = term.charCodeAt(at);
    this.#length = term.length;
    const count = hashGrams(units, term.length, this.#hashes, shared);
    // The gram at the end of the part in common is another, and so is the one before it.
    const unchanged = run === this.#run ? Math.max(0, shared - 2) : 0;
    this.#run = run;
    this.#leave(unchanged);
    for (let at = unchanged; at < count; at++) this.#enter(at, this.#numberOf(this.#hashes[at] as number), run);
    this.#ofTermCount = count;
    this.#passages[count - 1] = (this.#passages[count - 1] as number) + passages;
    this.#runEnds[run] = this.#pairCount;
  }

  /** A term has a gram, which stands in its run. */
  #enter(at: number, gram: number, run: number): void {
    const grams = this.#grams;
    const place = gram * columns;
    const isThere = grams[place + isOfTerm] === 1;
    this.#ofTerm[at] = isThere ? -1 : gram;
    if (isThere) return;
    grams[place + isOfTerm] = 1;
    const distance = run - (grams[place + nextRun] as number);
    if (distance < 0) return;
    grams[place + listBytes] = (grams[place + listBytes] as number) + (distance < 128 ? 1 : bytesOfInteger(distance));
    grams[place + nextRun] = run + 1;
    if (this.#pairCount === this.#pairs.length) this.#pairs = grown(this.#pairs);
    this.#pairs[this.#pairCount++] = gram;
  }

  /** The next term does not have the grams from a place on. */
  #leave(from: number): void {
    for (let at = this.#ofTermCount - 1; at >= from; at--) {
      const passages = this.#passages[at] as number;
      this.#passages[at] = 0;
      if (at > 0) this.#passages[at - 1] = (this.#passages[at - 1] as number) + passages;
      const gram = this.#ofTerm[at] as number;
      if (gram < 0) continue;
      const place = gram * columns;
      this.#grams[place + isOfTerm] = 0;
      this.#grams[place + allPassages] = (this.#grams[place + allPassages] as number) + passages;
    }
  }

  #numberOf(hash: number): number {
    const place = this.#placeOf(hash);
    const known = this.#table[place] as number;
    if (known > 0) return known - 1;
    const number = this.#count++;
    this.#table[place] = number + 1;
    if (this.#count * columns > this.#grams.length) this.#grams = grown(this.#grams);
    this.#grams[number * columns + hashOfGram] = hash;
    if (this.#count * 2 > this.#table.length) this.#enlarge();
    return number;
  }

  #placeOf(hash: number): number {
    const last = this.#table.length - 1;
    let place = hash >>> (32 - this.#tableBits);
    for (; ; place = (place + 1) & last) {
      const number = this.#table[place] as number;
      if (number === 0 || this.#grams[(number - 1) * columns + hashOfGram] === hash) return place;
    }
  }

  #enlarge(): void {
    this.#tableBits += 1;
    this.#table = new Int32Array(1 << this.#tableBits);
    for (let number = 0; number < this.#count; number++)
      this.#table[this.#placeOf(this.#grams[number * columns + hashOfGram] as number)] = number + 1;
  }

  /** @returns the records: a power of two, none without any gram */
  finish(): Uint8Array<ArrayBuffer>[] {
    if (this.#count === 0) return [];
    this.#leave(0);
    this.#ofTermCount = 0;
    const grams = this.#grams;
    const hashes = new Uint32Array(this.#count);
    let listsBytes = 0;
    for (let gram = 0; gram < this.#count; gram++) {
      hashes[gram] = grams[gram * columns + hashOfGram] as number;
      listsBytes += grams[gram * columns + listBytes] as number;
    }
    hashes.sort();
    const bucketBits = bitsOf(this.#count / gramsPerBucket);
    const recordBits = Math.min(bucketBits, bitsOf(listsBytes / recordBytes));
    const buckets = 2 ** (bucketBits - recordBits);
    const headBytes = 1 + 4 * buckets;
    const firstOf = (hash: number, bits: number) => (bits === 0 ? 0 : hash >>> (32 - bits));

    // First where everything comes to stand, then it is put there.
    const distances = new Float64Array(this.#count);
    const places = new Int32Array(this.#count);
    const sizes = new Float64Array(2 ** bucketBits);
    for (let at = 0, last = -1; at < hashes.length; at++) {
      const hash = hashes[at] as number;
      const bucket = firstOf(hash, bucketBits);
      const distance = bucket === last ? hash - (hashes[at - 1] as number) : hash % 2 ** (32 - bucketBits);
      const place = columns * ((this.#table[this.#placeOf(hash | 0)] as number) - 1);
      const [passages, list] = [passagesOf(grams, place), grams[place + listBytes] as number];
      sizes[bucket] = (sizes[bucket] as number) + bytesOfInteger(distance) + bytesOfInteger(passages) + bytesOfInteger(list) + list;
      distances[at] = distance;
      places[at] = place;
      last = bucket;
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
    for (let at = 0, last = -1, to = 0; at < hashes.length; at++) {
      const record = firstOf(hashes[at] as number, recordBits);
      if (record !== last) to = headBytes;
      last = record;
      const place = places[at] as number;
      const bytes = records[record] as Uint8Array;
      to = putInteger(bytes, to, distances[at] as number);
      to = putInteger(bytes, to, passagesOf(grams, place));
      to = putInteger(bytes, to, grams[place + listBytes] as number);
      const list = to;
      to += grams[place + listBytes] as number;
      // From here on, where its list goes on.
      grams[place + listBytes] = list;
      grams[place + nextRun] = 0;
    }
    for (let run = 0, at = 0; run < this.#runEnds.length; run++) {
      for (const end = this.#runEnds[run] as number; at < end; at++) {
        const place = (this.#pairs[at] as number) * columns;
        const bytes = records[firstOf((grams[place + hashOfGram] as number) >>> 0, recordBits)] as Uint8Array;
        const distance = run - (grams[place + nextRun] as number);
        const to = grams[place + listBytes] as number;
        if (distance < 128) bytes[to] = distance;
        grams[place + listBytes] = distance < 128 ? to + 1 : putInteger(bytes, to, distance);
        grams[place + nextRun] = run + 1;
      }
    }
    return records;
  }
}

/** Of each gram: its hash; whether the last term has it; the run behind the last that has it; the passages; how long its list is. */
const columns = 5;
const [hashOfGram, isOfTerm, nextRun, allPassages, listBytes] = [0, 1, 2, 3, 4] as const;

/** Without a sign: up to four thousand million. */
const passagesOf = (grams: Int32Array, place: number): number => (grams[place + allPassages] as number) >>> 0;

function grown(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

const bitsOf = (count: number): number => Math.max(0, Math.ceil(Math.log2(count)));
