import { standOut } from './stand-out';

/** A ranking: passages, the best first. */
export type Ranking<Id> = readonly { readonly id: Id; readonly score: number }[];

/** A ranking by words, the best first. */
export type WordRanking<Id> = readonly { readonly id: Id; readonly score: number; readonly coverage: number }[];

/** What the best by vectors counts at a trust of 1. This and the numbers below were tuned on half of the questions; docs/search-trials.md has the other half. */
const vectorWeight = 0.4;
/** A model that stands out twice as far is many times as likely to be right. */
const trustPower = 3;
/** How much of a vector counts for a passage that holds none of the words that another holds all of: hardly any, unless the model has shown that it knows better. */
const wordless = { least: 0.05, byTrust: 0.04 } as const;
/** Added to how far a ranking stands out before two are compared, so that it is never nothing. */
const steady = 0.5;

/**
 * Joins what was found by words with what was found by vectors. Either list's scores count from its last (0) to its best: by words up to the root of the best
 * passage's coverage; by vectors up to a weight that grows with the trust in them, and with how clearly this question's best stands out. So the range of a
 * model's cosines does not matter. And where there are passages that hold the question's words, a vector counts less for those that do not: what leads a model
 * astray leads it anywhere, but seldom to passages that hold the words as well.
 * @param trust how far the vectors are to be trusted, as `trustIn` has it; at 0 the ranking is that by words
 * @returns all passages of both lists, the best first; of equals those found by words first
 */
export function fuseScores<Id>(byWords: WordRanking<Id>, byVectors: Ranking<Id>, trust: number): { id: Id; score: number }[] {
  const fullCoverage = byWords.reduce((most, { coverage }) => Math.max(most, coverage), 0);
  const wordWeight = Math.sqrt(fullCoverage);
  const wordShare = shareOfRange(byWords);
  const scores = new Map(byWords.map(({ id, score }) => [id, wordWeight * wordShare(score)]));

  const strength = trust ** trustPower;
  const clearness = ((standOut(byVectors.map(({ score }) => score)) ?? trust) + steady) / (trust + steady);
  // Where there are no words to weigh them against, they are all there is: at a trust of 0 no score would tell one passage from another, nor from one that was not found.
  const weight = byWords.length === 0 ? 1 : vectorWeight * strength * Math.sqrt(clearness);
  const withoutWords = Math.min(1, wordless.least + wordless.byTrust * strength);
  const coverages = new Map(byWords.map(({ id, coverage }) => [id, coverage]));
  const vectorShare = shareOfRange(byVectors);
  for (const { id, score } of byVectors) {
    const missing = fullCoverage - (coverages.get(id) ?? 0);
    const counted = 1 - (1 - withoutWords) * missing;
    scores.set(id, (scores.get(id) ?? 0) + weight * counted * vectorShare(score));
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}

/** From 0 for the last of a list to 1 for its best; 1 for all when they are the same. */
function shareOfRange(ranking: Ranking<unknown>): (score: number) => number {
  const best = ranking[0]?.score ?? 0;
  const last = ranking.at(-1)?.score ?? 0;
  return (score) => (best > last ? (score - last) / (best - last) : 1);
}
