import { seededShares } from '../seeded-shares';

/** So many of these, the same ones each time for the same seed, in the order of the draw; all of them when there are no more (Fisher–Yates). */
export function drawByLot<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const share = seededShares(seed);
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = Math.floor(share() * left.length);
    drawn.push(...left.splice(at, 1));
  }
  return drawn;
}

/** For each of so many, one of two by lot, the same each time for the same seed. */
export function drawSides(count: number, seed: number): boolean[] {
  // A draw of its own: what was drawn by the same seed says nothing about it.
  const share = seededShares(seed ^ 0x5bd1e995);
  return Array.from({ length: count }, () => share() < 0.5);
}
