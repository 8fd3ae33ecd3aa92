import type { Measures } from './measures';

/** From here on a claim counts as borne out. Chosen on the part of the set that is not held out (docs/citations.md). */
export const supportThreshold = 0.8;

/** Logistic regression over the measures (docs/citations.md has the set and the figures). */
const coefficients = {
  constant: -4.0,
  covered: 5.2,
  coveredInContext: 2.9,
  inOrder: 0.4,
  numbersMissing: -4.6,
  namesMissing: -5.2,
  namesElsewhere: 0,
  weightCovered: 0.03,
  negationDiffers: -0.3,
  furtherSentences: -1.2,
};

/** How likely the sentences are to bear the claim out: 0 to 1. */
export function supportScore(measures: Measures): number {
  const sum =
    coefficients.constant +
    coefficients.covered * measures.covered +
    coefficients.coveredInContext * measures.coveredInContext +
    coefficients.inOrder * measures.inOrder +
    coefficients.numbersMissing * Math.min(2, measures.numbersMissing) +
    coefficients.namesMissing * Math.min(2, measures.namesMissing) +
    coefficients.namesElsewhere * Math.min(2, measures.namesElsewhere) +
    coefficients.weightCovered * Math.min(10, measures.weightCovered) +
    coefficients.negationDiffers * (measures.negationDiffers ? 1 : 0) +
    coefficients.furtherSentences * (measures.sentences - 1);
  return 1 / (1 + Math.exp(-sum));
}
