import { type CompiledScans, compiledScans } from '../search/compiled-scans';
import { type CoarseQuery, scanCompiled } from './compiled-sign-scan';
import type { VectorSigns } from './vector-signs';

/** Words of a vector that are compared for one estimate of the first pass, about: a query of few dimensions can afford to be more precise. */
const wordsCompared = 24;
/** The step between two levels that suits normally distributed components best, by their deviation, for 2, 4, 8 and 16 levels (J. Max, 1960). */
const stepByPlanes = [1.596, 0.9957, 0.586, 0.3352] as const;
/** The error of an estimate, by the vector's factor and the query's distance from the centre: √(1 − 2/π), for normally distributed components. */
const shareUnseen = 1 - 2 / Math.PI;

/** A query, made ready for being compared with the signs of many vectors. Scores are estimated cosines. */
export interface SignQuery {
  /** Estimates the score of every vector, with the query at 1 to 4 bits a component: one exclusive-or and a count of bits a word. Fills `scores` from `from` on. */
  scan(signs: VectorSigns, scores: Float32Array, from: number): void;
  /** Estimates the score of one vector with the query at full precision. */
  estimate(signs: VectorSigns, index: number): number;
  /** The standard deviation of `estimate`. */
  deviation(signs: VectorSigns, index: number): number;
}

/**
 * @param query of length 1
 * @param centre the one that the vectors' signs were taken around
 * @param words how many of each vector's words are compared
 * @param scans `null`: the scan is not compiled
 */
export function signQuery(
  query: Float32Array,
  centre: Float32Array,
  words: number,
  scans: CompiledScans | null = compiledScans(),
): SignQuery {
  const dimensions = query.length;
  const compared = Math.min(dimensions, words * 32);
  const residual = query.map((component, place) => component - (centre[place] as number));
  const atCentre = residual.reduce((sum, component, place) => sum + (component + (centre[place] as number)) * (centre[place] as number), 0);
  const length = Math.sqrt(residual.reduce((sum, component) => sum + component * component, 0));
  // What is compared stands for what is not.
  const share = dimensions / compared;
  const { planes, count, step } = cutIntoPlanes(residual.subarray(0, compared), words);
  const table = sumsByByte(residual.subarray(0, compared), words);

  const coarse = { planes, planeCount: count, atCentre, agreeing: share * step * compared * (2 ** count - 1), perBit: 2 * share * step };

  return {
    scan(signs, scores, from) {
      if (scans) scanCompiled(scans, coarse, signs, scores, from);
      else scanPlain(coarse, signs, scores, from);
    },
    estimate(signs, index) {
      let sum = 0;
      let row = 0;
      for (let word = index * words; word < (index + 1) * words; word++, row += 1_024) {
        const bits = signs.bits[word] as number;
        sum +=
          (table[row + (bits & 255)] as number) +
          (table[row + 256 + ((bits >>> 8) & 255)] as number) +
          (table[row + 512 + ((bits >>> 16) & 255)] as number) +
          (table[row + 768 + (bits >>> 24)] as number);
      }
      return atCentre + (signs.offsets[index] as number) + share * (signs.factors[index] as number) * sum;
    },
    deviation: (signs, index) => (signs.factors[index] as number) * length * Math.sqrt(share - 1 + shareUnseen),
  };
}

/** The scan where nothing can be compiled, some eight times as slow. */
function scanPlain(
  { planes, planeCount, atCentre, agreeing, perBit }: CoarseQuery,
  signs: VectorSigns,
  scores: Float32Array,
  from: number,
) {
  const { bits, factors, offsets, words } = signs;
  for (let index = 0; index < signs.count; index++) {
    let differing = 0;
    for (let plane = 0; plane < planeCount; plane++)
      differing += countDiffering(bits, index * words, planes, plane * words, words) << plane;
    scores[from + index] = atCentre + (offsets[index] as number) + (factors[index] as number) * (agreeing - perBit * differing);
  }
}

/** Bits that differ between two runs of words. Three words of four are added as columns of bits first, which saves a third of the counting. */
function countDiffering(left: Int32Array, leftAt: number, right: Int32Array, rightAt: number, words: number): number {
  let differing = 0;
  let word = 0;
  for (; word + 4 <= words; word += 4) {
    const a = (left[leftAt + word] as number) ^ (right[rightAt + word] as number);
    const b = (left[leftAt + word + 1] as number) ^ (right[rightAt + word + 1] as number);
    const c = (left[leftAt + word + 2] as number) ^ (right[rightAt + word + 2] as number);
    const d = (left[leftAt + word + 3] as number) ^ (right[rightAt + word + 3] as number);
    const either = a ^ b;
    const ones = inFours(either ^ c) + inFours(d);
    const twos = inFours((a & b) | (either & c));
    const inBytes = (ones & 0x0f0f0f0f) + ((ones >>> 4) & 0x0f0f0f0f) + (((twos & 0x0f0f0f0f) + ((twos >>> 4) & 0x0f0f0f0f)) << 1);
    differing += Math.imul(inBytes, 0x01010101) >>> 24;
  }
  for (; word < words; word++) {
    const fours = inFours((left[leftAt + word] as number) ^ (right[rightAt + word] as number));
    differing += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return differing;
}

/** The number of bits set in each four of a word. */
function inFours(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/**
 * Rounds each component to an odd multiple of a step, ±1, ±3, …, and cuts the multiples into planes of bits, so that the multiple is the sum of ±2^plane.
 * @returns the step that makes the rounded query's product with the query itself exact
 */
function cutIntoPlanes(query: Float32Array, words: number): { planes: Int32Array; count: number; step: number } {
  const count = Math.min(stepByPlanes.length, Math.max(1, Math.round(wordsCompared / words)));
  const planes = new Int32Array(count * words);
  const squares = query.reduce((sum, component) => sum + component * component, 0);
  const step = ((stepByPlanes[count - 1] as number) * Math.sqrt(squares / query.length)) / 2;
  const most = 2 ** count - 1;
  let product = 0;
  for (let place = 0; place < query.length; place++) {
    const component = query[place] as number;
    const level = Math.min(most, Math.max(0, Math.floor((component / step + most + 1) / 2))) | 0;
    product += component * (2 * level - most);
    for (let plane = 0; plane < count; plane++) {
      const at = plane * words + (place >>> 5);
      planes[at] = (planes[at] as number) | (((level >>> plane) & 1) << (place & 31));
    }
  }
  return { planes, count, step: product > 0 ? squares / product : 0 };
}

/** For each byte of a vector's signs and each value of it: the sum of the query's eight components there, each with its sign. */
function sumsByByte(query: Float32Array, words: number): Float32Array {
  const table = new Float32Array(words * 4 * 256);
  for (let byte = 0; byte < words * 4; byte++) {
    const row = byte * 256;
    for (let bit = 0; bit < 8; bit++) table[row] = (table[row] as number) - (query[byte * 8 + bit] ?? 0);
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value);
      table[row + value] = (table[row + (value & (value - 1))] as number) + 2 * (query[byte * 8 + lowest] ?? 0);
    }
  }
  return table;
}
