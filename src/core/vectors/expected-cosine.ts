/** Places, the best first, between which it is measured how steeply estimates fall. */
const measuredFrom = 100;
const measuredTo = 400;
/** Estimates cannot fall more steeply than their errors do, which are about normally distributed: so much, in deviations, near the best of a million. */
const mostDeviations = 3;

/**
 * What a cosine is expected to be whose estimate is among the highest of many. An unbiased estimate is too high there, for among the highest are those that
 * chance has raised: by the variance of the estimate times the slope of the logarithm of the estimates' density (Tweedie's formula; B. Efron, «Tweedie's formula
 * and selection bias», 2011). At its upper end a density falls about exponentially, so the slope shows in how far apart the estimates of two places lie.
 * @param estimates of many, the best first
 * @returns takes an estimate and its standard deviation
 */
export function expectedCosine(estimates: readonly number[]): (estimate: number, deviation: number) => number {
  const to = Math.min(measuredTo, estimates.length);
  const from = Math.min(measuredFrom, Math.ceil(to / 4));
  const fall = (estimates[from - 1] ?? 0) - (estimates[to - 1] ?? 0);
  // Of an exponential distribution, the value at place i lies above that at place k by ln(k / i) of its scale.
  const slope = fall > 0 ? Math.log(to / from) / fall : 0;
  return (estimate, deviation) => estimate - deviation * Math.min(slope * deviation, mostDeviations);
}
