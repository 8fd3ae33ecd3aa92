import { normalizeVector } from '../vectors/quantize-vector';

/**
 * Changes the vector of a question, never those of passages: q + s∘q + A·Bᵀ·q. So what is stored stays as it is, and a search costs a few thousand
 * multiplications more.
 */
export interface QuestionMap {
  readonly dimensions: number;
  /** How many columns A and B have; may be 0. */
  readonly rank: number;
  /** s: by how much each component counts more, or less. */
  readonly scales: Float32Array;
  /** B, one column of `dimensions` after the other: what is looked for in a question. */
  readonly looks: Float32Array;
  /** A, likewise: what is added for it. */
  readonly additions: Float32Array;
}

/** The map that changes nothing. */
export function plainMap(dimensions: number, rank: number): QuestionMap {
  return {
    dimensions,
    rank,
    scales: new Float32Array(dimensions),
    looks: new Float32Array(dimensions * rank),
    additions: new Float32Array(dimensions * rank),
  };
}

/**
 * @param question of length 1 and as many dimensions as the map has
 * @returns a vector of length 1
 */
export function applyMap(map: QuestionMap, question: Float32Array): Float32Array {
  const mapped = new Float32Array(map.dimensions);
  mapInto(map, question, mapped, new Float32Array(map.rank));
  return normalizeVector(mapped);
}

/** As `applyMap`, but of any length. @param seen filled with Bᵀ·q */
export function mapInto(
  { dimensions, rank, scales, looks, additions }: QuestionMap,
  question: Float32Array,
  mapped: Float32Array,
  seen: Float32Array,
): void {
  for (let place = 0; place < dimensions; place++) mapped[place] = (question[place] as number) * (1 + (scales[place] as number));
  for (let column = 0; column < rank; column++) {
    const at = column * dimensions;
    let product = 0;
    for (let place = 0; place < dimensions; place++) product += (looks[at + place] as number) * (question[place] as number);
    seen[column] = product;
    for (let place = 0; place < dimensions; place++) {
      mapped[place] = (mapped[place] as number) + (additions[at + place] as number) * product;
    }
  }
}

/** The same map, of which the part of low rank does only a share of what it does; without it at 0. */
export function withShare(map: QuestionMap, share: number): QuestionMap {
  if (share === 0) return { ...map, rank: 0, looks: new Float32Array(0), additions: new Float32Array(0) };
  return { ...map, additions: map.additions.map((addition) => addition * share) };
}
