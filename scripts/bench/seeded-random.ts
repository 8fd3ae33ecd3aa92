/** A generator of whole numbers from 0 to 2³² − 1 that gives the same ones each time: mulberry32. */
export function seededIntegers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The same as shares, from 0 to below 1. */
export function seededShares(seed: number): () => number {
  const integers = seededIntegers(seed);
  return () => integers() / 2 ** 32;
}

/** A seed of its own for each thing that is told apart by these numbers. */
export function seedOf(...numbers: readonly number[]): number {
  let seed = 0x9e3779b9;
  for (const number of numbers) {
    seed = Math.imul(seed ^ number, 0x85ebca6b);
    seed = Math.imul(seed ^ (seed >>> 13), 0xc2b2ae35);
    seed ^= seed >>> 16;
  }
  return seed;
}
