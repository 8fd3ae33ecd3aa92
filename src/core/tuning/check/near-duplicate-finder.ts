import { PackedIndex } from './packed-index';
import { PackedLists } from './packed-lists';

/** Words in a row that are compared as one. */
const shingleWords = 3;
/** The most words of a text that are compared, its last ones: what is alike for so long is alike. */
const maximumWords = 2_000;
/** From this share of shingles in common on (of all that either has), two examples say the same: about one word in fifteen may differ. */
const alikeShare = 0.8;
/** Shorter texts are alike too easily. */
const fewestShingles = 8;

/**
 * A sketch has a key for each band; texts that share a key are compared. With 4 rows a band, two texts of which a share s is in both have one key in common
 * with a probability of 1 − (1 − s⁴)⁸: .985 at .8, .16 at .38 (A. Broder, «On the resemblance and containment of documents», 1997; J. Leskovec et al.,
 * «Mining of Massive Datasets», 3.4).
 */
const bands = 8;
const rowsPerBand = 4;
/** Of those that share a key, so many are compared: a set that was made from one mould would have each compared with each. */
const comparedPerKey = 4;
/**
 * Of a longer text the smallest of its hashes stand for all, a sample that is the same for texts that are alike (A. Broder, the same): what two texts have in
 * common is then known to within .05. So 400,000 long examples take some 100 MB, and not ten times as much.
 */
const sampledShingles = 64;

/**
 * Finds, for each text that is added, an earlier one that is nearly the same, in a time that grows with their number and not with its square. Of each it holds
 * at most 360 bytes.
 */
export class NearDuplicateFinder {
  readonly #byKey = new PackedIndex();
  readonly #sketches = new PackedLists();
  /** By which those were added that have a sketch. */
  readonly #indexes: number[] = [];
  readonly #rows = new Uint32Array(bands * rowsPerBand);

  /**
   * @param index by which it is known
   * @param words their hashes
   * @returns the index of an earlier text that is nearly the same
   */
  add(index: number, words: Uint32Array): number | undefined {
    const shingles = shinglesOf(words.subarray(-maximumWords));
    if (shingles.length < fewestShingles) return undefined;
    const keys = this.#keysOf(shingles);
    const sketch = sketchOf(shingles);
    const others = keys.map((key) => this.#byKey.get(key));
    const alike = [...new Set(others.flat())].find((other) => areAlike(sketch, this.#sketches.get(other)));
    if (alike !== undefined) return this.#indexes[alike];
    const own = this.#sketches.add(sketch);
    this.#indexes.push(index);
    for (const [band, key] of keys.entries()) if ((others[band]?.length ?? 0) < comparedPerKey) this.#byKey.add(key, own);
    return undefined;
  }

  #keysOf(shingles: Uint32Array): number[] {
    const rows = this.#rows.fill(0xffffffff);
    for (const shingle of shingles) {
      for (let row = 0; row < rows.length; row++) {
        const hash = mix(shingle ^ Math.imul(row + 1, 0x9e3779b1));
        if (hash < (rows[row] as number)) rows[row] = hash;
      }
    }
    return Array.from({ length: bands }, (_, band) => {
      let key = 0;
      for (let row = 0; row < rowsPerBand; row++) key = mix(Math.imul(key, 31) + (rows[band * rowsPerBand + row] as number));
      return band * 2 ** 32 + key;
    });
  }
}

/** Hashes of all shingles, each once, in order. */
function shinglesOf(words: Uint32Array): Uint32Array {
  const shingles = new Uint32Array(Math.max(0, words.length - shingleWords + 1));
  for (let at = 0; at < shingles.length; at++) {
    let hash = 0;
    for (let word = 0; word < shingleWords; word++) hash = mix(Math.imul(hash, 31) + (words[at + word] as number));
    shingles[at] = hash;
  }
  shingles.sort();
  let count = 0;
  for (const hash of shingles) if (count === 0 || hash !== shingles[count - 1]) shingles[count++] = hash;
  return shingles.subarray(0, count);
}

/** How many shingles there are, and the smallest of them, in order. */
function sketchOf(shingles: Uint32Array): Uint32Array {
  const sketch = new Uint32Array(1 + Math.min(shingles.length, sampledShingles));
  sketch[0] = shingles.length;
  sketch.set(shingles.subarray(0, sampledShingles), 1);
  return sketch;
}

/** Of two short texts all shingles are compared; else the smallest of those that either has. */
function areAlike(one: Uint32Array, other: Uint32Array): boolean {
  const [size, otherSize] = [one[0] as number, other[0] as number];
  if (Math.min(size, otherSize) < Math.max(size, otherSize) * alikeShare) return false;
  const most = Math.max(size, otherSize) > sampledShingles ? sampledShingles : Number.POSITIVE_INFINITY;
  let shared = 0;
  let seen = 0;
  let here = 1;
  let there = 1;
  for (; (here < one.length || there < other.length) && seen < most; seen++) {
    const first = one[here] ?? Number.POSITIVE_INFINITY;
    const second = other[there] ?? Number.POSITIVE_INFINITY;
    if (first === second) shared += 1;
    if (first <= second) here += 1;
    if (second <= first) there += 1;
  }
  return shared >= seen * alikeShare;
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit given. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
