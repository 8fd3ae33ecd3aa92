import type { CompiledScans } from '../search/compiled-scans';

/** Where signs lie in the memory of compiled scans. */
export interface SignsPlace {
  readonly scans: CompiledScans;
  /** The address of the bits; factors, offsets and room for the scores lie behind them. */
  readonly at: number;
}

/**
 * One bit a component: on which side of the centre a vector lies. With two numbers beside the bits, the cosine to a query is estimated without bias
 * (J. Gao, C. Long, «RaBitQ», 2024, without its random rotation, which gained nothing here; see docs/search-trials.md).
 *
 * With a vector v = m + r around the centre m, the signs s of r, and a query q: q·v = q·m + m·r + (q − m)·r. The first part is the query's, the second is
 * stored, and the third is estimated by `factor` (q − m)·s.
 */
export interface VectorSigns {
  readonly dimensions: number;
  readonly count: number;
  /** Of 32 bits; how many of each vector are here. Fewer than `wordsOf(dimensions)` when only the first dimensions are compared. */
  readonly words: number;
  /** `words` a vector; component j is bit `j % 32` of word `j / 32`. */
  readonly bits: Int32Array;
  /** The squared length of r by the sum of its absolute components. */
  readonly factors: Float32Array;
  /** m·r. */
  readonly offsets: Float32Array;
  /** Where all of this lies already, if it does. */
  readonly place?: SignsPlace;
}

export const wordsOf = (dimensions: number) => Math.ceil(dimensions / 32);

/** With so many words, the ten nearest are as good as always among those that the signs let through; see docs/search.md. */
const sufficientWords = 24;

/** How many words are stored of each vector, its first: a search that has nothing in memory takes as long as there are bytes to read. */
export const wordsKept = (dimensions: number) =>
  Math.min(wordsOf(dimensions), Math.max(sufficientWords, Math.ceil(wordsOf(dimensions) / 2)));

/** Takes the signs of a vector of length 1 into `bits`, from word `at` on. `residual` is r, and is as long as `centre`. */
export function takeSigns(vector: Float32Array, centre: Float32Array, bits: Int32Array, at: number): { factor: number; offset: number } {
  let absolute = 0;
  let squares = 0;
  let offset = 0;
  for (let from = 0, word = at; from < vector.length; from += 32, word++) {
    const to = Math.min(from + 32, vector.length);
    let signs = 0;
    for (let place = from; place < to; place++) {
      const middle = centre[place] as number;
      const residual = (vector[place] as number) - middle;
      absolute += Math.abs(residual);
      squares += residual * residual;
      offset += middle * residual;
      // A number and no branch: which side it lies on cannot be foretold, and to guess wrong half of the time takes three quarters of all the time.
      signs |= Number(residual > 0) << (place - from);
    }
    bits[word] = signs;
  }
  return { factor: absolute > 0 ? squares / absolute : 0, offset };
}

/** The signs with no more than the first `words` of each vector, in memory of their own. */
export function shortenSigns(signs: VectorSigns, words: number): VectorSigns {
  if (words >= signs.words) return signs;
  const bits = new Int32Array(signs.count * words);
  for (let index = 0; index < signs.count; index++) {
    bits.set(signs.bits.subarray(index * signs.words, index * signs.words + words), index * words);
  }
  const { dimensions, count } = signs;
  return { dimensions, count, words, bits, factors: signs.factors.slice(), offsets: signs.offsets.slice() };
}
