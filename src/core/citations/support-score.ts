import type { Measures } from './measures';

/** From here on a claim counts as borne out: the least at which nineteen of twenty quotations are right, on the part of the set that is not held out. */
export const supportThreshold = 0.7;

/** Logistic regression over the part of the set that is not held out (docs/citations.md has the set and the figures). */
const coefficients = {
  constant: -3.95,
  covered: 5.3,
  coveredInContext: 3.1,
  numberMissing: -4.3,
  nameMissing: -4.4,
  negationDiffers: -0.3,
  furtherSentence: -1.3,
};

/** Three numbers that are not there say no more than two. */
const mostMissing = 2;

/** How likely the sentences are to bear the claim out: 0 to 1. */
export function supportScore({ covered, coveredInContext, numbersMissing, namesMissing, negationDiffers, sentences }: Measures): number {
  const sum =
    coefficients.constant +
    coefficients.covered * covered +
    coefficients.coveredInContext * coveredInContext +
    coefficients.numberMissing * Math.min(mostMissing, numbersMissing) +
    coefficients.nameMissing * Math.min(mostMissing, namesMissing) +
    coefficients.negationDiffers * (negationDiffers ? 1 : 0) +
    coefficients.furtherSentence * (sentences - 1);
  return 1 / (1 + Math.exp(-sum));
}
