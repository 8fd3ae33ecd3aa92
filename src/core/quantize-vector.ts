/** Vectors as packed codes: `scales[i] * codes[i * dimensions + j]` is close to component j of vector i, each of length 1. */
export interface VectorCodes {
  readonly dimensions: number;
  /** One 8-bit code a component, -127 to 127. */
  readonly codes: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

/** Scales each vector to length 1 and stores it in 8 bits a component. A vector of zeros stays zeros and is like nothing. */
export function quantizeVectors(vectors: readonly Float32Array[], dimensions: number): VectorCodes {
  const codes = new Int8Array(vectors.length * dimensions);
  const scales = new Float32Array(vectors.length);
  vectors.forEach((vector, index) => {
    if (vector.length !== dimensions) throw new RangeError(`A vector has ${vector.length} dimensions, not ${dimensions}.`);
    let squares = 0;
    let largest = 0;
    for (const component of vector) {
      squares += component * component;
      largest = Math.max(largest, Math.abs(component));
    }
    if (!(squares > 0) || !Number.isFinite(squares)) return;
    const step = largest / 127;
    for (let place = 0; place < dimensions; place++) codes[index * dimensions + place] = Math.round((vector[place] ?? 0) / step);
    scales[index] = step / Math.sqrt(squares);
  });
  return { dimensions, codes, scales };
}

/** The cosine of the angle between a query of length 1 and vector `index`, to the precision of the codes. */
export function cosineToCode(query: Float32Array, packed: VectorCodes, index: number): number {
  const { codes, dimensions } = packed;
  const offset = index * dimensions;
  let sum = 0;
  for (let place = 0; place < dimensions; place++) sum += (query[place] as number) * (codes[offset + place] as number);
  return sum * (packed.scales[index] ?? 0);
}

/** The vector scaled to length 1; zeros stay zeros. */
export function normalizeVector(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0));
  return length > 0 ? vector.map((component) => component / length) : vector;
}
