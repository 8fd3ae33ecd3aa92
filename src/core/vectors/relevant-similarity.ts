/** The cosines of one question to the passages of a library. */
export interface SimilarityRange {
  /** How many passages there are. */
  readonly passages: number;
  /** Of all of them, or an estimate: the cosines to unit vectors have for their mean the product with the vectors' mean. */
  readonly mean: number;
}

/**
 * Of the way from a passage taken at random (0) to the question's very words (1), how much a passage must have gone to be about it. It comes to a
 * cosine of .3 where random passages have .07, and of .8 where they have .73. Tried with simulated models only; see docs/search.md.
 */
const relevantShare = 0.25;

/** A smaller library may be about one thing: then its mean passage is no random one. */
const mixedLibrary = 100;
/** What counts there: for most models too little to leave anything out that matters. */
const smallLibrarySimilarity = 0.3;

/** The cosine from which on a passage bears on the question, by the range of the model's own cosines. */
export function relevantSimilarity({ passages, mean }: SimilarityRange): number {
  return passages < mixedLibrary ? smallLibrarySimilarity : mean + relevantShare * (1 - mean);
}
