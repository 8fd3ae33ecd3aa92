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

/** Finds, for each text that is added, an earlier one that is nearly the same, in a time that grows with their number and not with its square. */
export class NearDuplicateFinder {
  readonly #byKey = new Map<number, number[]>();
  readonly #shingles = new Map<number, Uint32Array>();
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
    const compared = new Set<number>();
    for (const key of keys) for (const other of this.#byKey.get(key) ?? []) compared.add(other);
    for (const other of compared) if (areAlike(shingles, this.#shingles.get(other))) return other;
    this.#shingles.set(index, shingles);
    for (const key of keys) {
      const others = this.#byKey.get(key);
      if (!others) this.#byKey.set(key, [index]);
      else if (others.length < comparedPerKey) others.push(index);
    }
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
  return shingles.sort().filter((hash, at) => at === 0 || hash !== shingles[at - 1]);
}

function areAlike(one: Uint32Array, other: Uint32Array | undefined): boolean {
  if (!other || Math.min(one.length, other.length) < Math.max(one.length, other.length) * alikeShare) return false;
  let shared = 0;
  for (let here = 0, there = 0; here < one.length && there < other.length; ) {
    const first = one[here] as number;
    const second = other[there] as number;
    if (first === second) shared += 1;
    if (first <= second) here += 1;
    if (second <= first) there += 1;
  }
  return shared >= (one.length + other.length - shared) * alikeShare;
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit given. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
