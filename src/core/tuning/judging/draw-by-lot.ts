/**
 * So many of these, in the order of the draw; all of them when there are no more (Fisher–Yates).
 * @param share gives a number from 0 to below 1 each time: the same ones draw the same
 */
export function drawByLot<Item>(items: readonly Item[], count: number, share: () => number): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = Math.floor(share() * left.length);
    drawn.push(...left.splice(at, 1));
  }
  return drawn;
}

/** For each of so many, one of two by lot, either as often as the other; which of them has the last of an odd number is drawn too. */
export function drawSides(count: number, share: () => number): boolean[] {
  const isOneMore = share() < 0.5;
  const sides = Array.from({ length: count }, (_, index) => (index % 2 === 0) === isOneMore);
  return drawByLot(sides, count, share);
}
