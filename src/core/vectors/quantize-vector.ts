/** The largest code; the smallest is its negative. */
const largestCode = 127;
/**
 * How much closer together the values of small codes lie than those of large ones. Most components of a vector are small and a few are not: with
 * even steps the few would make the steps of all the others coarse. At 2 the error is .80 of that of even steps for normally distributed components,
 * and .65 where the largest is 6 times the typical one; at 1 and 2.5 it is larger.
 */
const bend = 2;

/** What each code stands for, up to a factor of its vector; code c is at `c + 128`. */
const codeValues = Float32Array.from({ length: 256 }, (_, place) => Math.sinh(((place - 128) / largestCode) * bend));

/** The least value that is nearer to a code than to the one before, on the scale of the codes; for code c at `c + 128`. */
const leastValues = Float64Array.from({ length: 257 }, (_, place) =>
  place === 256 ? Number.POSITIVE_INFINITY : Math.sinh(((place - 128.5) / largestCode) * bend),
);

/** All values are divided into so many cells, about two to a code where codes are nearest to each other: so in each cell there are two codes at most. */
const cells = 1_024;
/** Made for the first vector: it takes milliseconds, and a worker that starts to answer a message needs none. */
let codeOfCell: Int8Array | undefined;

/** The code of the least value in each cell: looking it up takes a sixth of the time of asking for each component's logarithm. */
function codesOfCells(): Int8Array {
  return Int8Array.from({ length: cells + 1 }, (_, cell) => {
    const value = ((cell * 2) / cells - 1) * Math.sinh(bend);
    return Math.max(-largestCode, leastValues.findLastIndex((least) => value >= least) - 128);
  });
}

/**
 * Writes a vector as 8-bit codes, one a component, from `codes[offset]` on.
 * @param vector of any length but 0
 * @returns the vector's factor, to be handed to `cosineToCodes`. It is chosen so that the vector's cosine to itself comes out as 1: then the codes' error
 * counts only as far as a query points elsewhere (J. Gao, C. Long, «RaBitQ», 2024, use the same for 1-bit codes). 0 for a vector that has no direction,
 * which is like nothing.
 */
export function quantizeVector(vector: Float32Array, codes: Int8Array, offset = 0): number {
  let squares = 0;
  let largest = 0;
  for (let place = 0; place < vector.length; place++) {
    const component = vector[place] as number;
    squares += component * component;
    largest = Math.max(largest, Math.abs(component));
  }
  if (!(squares > 0) || !Number.isFinite(squares)) {
    codes.fill(0, offset, offset + vector.length);
    return 0;
  }
  const toValue = Math.sinh(bend) / largest;
  const toCell = (cells / 2) * (1 / largest);
  codeOfCell ??= codesOfCells();
  let product = 0;
  for (let place = 0; place < vector.length; place++) {
    const component = vector[place] as number;
    const least = codeOfCell[(component * toCell + cells / 2) | 0] as number;
    // A number and no branch, for a guess would be wrong half of the time.
    const code = least + Number(component * toValue >= (leastValues[least + 129] as number));
    codes[offset + place] = code;
    product += component * (codeValues[code + 128] as number);
  }
  return Math.sqrt(squares) / product;
}

/** A vector as it is stored: its codes and its factor. */
export interface QuantizedVector {
  readonly codes: Int8Array;
  readonly factor: number;
}

/** A vector as it is to be stored, in memory of its own. */
export function quantized(vector: Float32Array): QuantizedVector {
  const codes = new Int8Array(vector.length);
  return { factor: quantizeVector(vector, codes), codes };
}

/** A passage's vector, as a model gave it or as it was stored before. Restoring the latter and writing it anew would keep its codes but not its factor. */
export type PassageVector = Float32Array | QuantizedVector;

export function dimensionsOf(vector: PassageVector): number {
  return vector instanceof Float32Array ? vector.length : vector.codes.length;
}

/** Writes the codes of a vector from `codes[offset]` on. @returns its factor, see `quantizeVector` */
export function writeVector(vector: PassageVector, codes: Int8Array, offset: number): number {
  if (vector instanceof Float32Array) return quantizeVector(vector, codes, offset);
  codes.set(vector.codes, offset);
  return vector.factor;
}

/** The cosine of the angle between a query of length 1 and the vector whose codes begin at `offset`, to the precision of the codes. */
export function cosineToCodes(query: Float32Array, codes: Int8Array, offset: number, factor: number): number {
  // Four sums, none of which waits for another.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let place = 0;
  for (; place + 4 <= query.length; place += 4) {
    const at = offset + place;
    first += (query[place] as number) * (codeValues[(codes[at] as number) + 128] as number);
    second += (query[place + 1] as number) * (codeValues[(codes[at + 1] as number) + 128] as number);
    third += (query[place + 2] as number) * (codeValues[(codes[at + 2] as number) + 128] as number);
    fourth += (query[place + 3] as number) * (codeValues[(codes[at + 3] as number) + 128] as number);
  }
  for (; place < query.length; place++) first += (query[place] as number) * (codeValues[(codes[offset + place] as number) + 128] as number);
  return (first + second + third + fourth) * factor;
}

/** Writes the vector that codes stand for, of length 1 to their precision, into `vector`. */
export function restoreVector(codes: Int8Array, offset: number, factor: number, vector: Float32Array): void {
  for (let place = 0; place < vector.length; place++) {
    vector[place] = (codeValues[(codes[offset + place] as number) + 128] as number) * factor;
  }
}

/** The vector scaled to length 1; zeros stay zeros. */
export function normalizeVector(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0));
  return length > 0 ? vector.map((component) => component / length) : vector;
}
