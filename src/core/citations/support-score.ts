import type { Measures } from './measures';

/** From here on a claim counts as borne out: the least at which nineteen of twenty quotations are right, on the part of the set that is not held out. */
export const supportThreshold = 0.65;

/** Logistic regression over the part of the set that is not held out (docs/citations.md has the set and the figures). */
const coefficients = {
  constant: -4.05,
  covered: 5.4,
  coveredInContext: 3.0,
  numberMissing: -4.4,
  nameMissing: -4.8,
  negationDiffers: -0.2,
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
