/** No single question says more for a ranking than this. */
const most = 8;

/** So many of the best of a list are taken for the tail of what chance gives; further down scores no longer fall as they do there. */
const comparedPlaces = 50;
/** Where among them the slope of the scores begins: the first few may be answers, which say nothing about chance. */
const slopeStart = 1 / 5;

/**
 * How far the best score of a ranking lies above the second, in units of what chance would make of it. The highest of many scores by chance lie as those of
 * an exponential distribution do (J. Pickands, «Statistical inference using extreme order statistics», 1975): the one at place i above the one at place k by
 * ln(k / i) units on average, the first above the second by one.
 * @param scores the best first
 * @returns undefined when there are too few of them, all are the same, or they are no finite numbers
 */
export function standOut(scores: readonly number[]): number | undefined {
  const end = Math.min(comparedPlaces, Math.floor(scores.length / 2));
  const start = Math.max(1, Math.floor(end * slopeStart));
  const [best, second, from, to] = [scores[0], scores[1], scores[start - 1], scores[end - 1]];
  if (best === undefined || second === undefined || from === undefined || to === undefined || from <= to) return undefined;
  // One mean of such numbers would be of no use ever after.
  if (![best, second, from, to].every(Number.isFinite)) return undefined;
  return Math.min(most, ((best - second) * Math.log(end / start)) / (from - to));
}
