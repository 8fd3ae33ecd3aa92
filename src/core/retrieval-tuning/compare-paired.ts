import { seededShares } from '../seeded-shares';

export interface PairedDifference {
  /** Of the second to the first, in the mean. */
  readonly mean: number;
  /** The middle nine tenths of the means that other questions of the same kind would give. */
  readonly low: number;
  readonly high: number;
}

const resamples = 2_000;

/**
 * How much of a difference between two measures of the same questions is chance: the questions are drawn anew, with repetition, many times (paired
 * bootstrap; B. Efron, 1979). The same measures give the same answer.
 */
export function comparePaired(before: readonly number[], after: readonly number[]): PairedDifference {
  const differences = after.map((measure, index) => measure - (before[index] ?? 0));
  const count = differences.length;
  if (count === 0) return { mean: 0, low: 0, high: 0 };
  const random = seededShares(count);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < count; drawn++) sum += differences[Math.floor(random() * count)] as number;
    return sum / count;
  }).sort();
  const at = (share: number) => means[Math.floor(share * (resamples - 1))] as number;
  return { mean: differences.reduce((sum, difference) => sum + difference, 0) / count, low: at(0.05), high: at(0.95) };
}
