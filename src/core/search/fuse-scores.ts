/** A ranking: passages, the best first. */
export type Ranking<Id> = readonly { readonly id: Id; readonly score: number }[];

/** A ranking by words, the best first. */
export type WordRanking<Id> = readonly { readonly id: Id; readonly score: number; readonly coverage: number }[];

/**
 * How far the vectors are to be trusted in one library, learned from the questions asked of it: how clearly a model's best passage stood out when it
 * was not the best by words. A model that knows better is sure of itself just then; one that is led astray is as unsure as chance.
 */
export interface VectorTrust {
  /** The mean of `standOut` over such questions; about 0.7 for a useless model, 2 and more for an excellent one. */
  readonly mean: number;
  /** How many questions it is the mean of, with those that it began as. */
  readonly questions: number;
}

/** Of a model that nothing is known of: weak, until it has shown otherwise five times over. */
export const unknownTrust: VectorTrust = { mean: 0.8, questions: 5 };

/** The mean goes on changing as if it were of no more questions than this, for the library changes too. */
const mostRemembered = 200;
/** No single question says more for a model than this. */
const mostStandingOut = 8;

/** So many of the best of a list are taken for the tail of what chance gives; further down scores no longer fall as they do there. */
const comparedPlaces = 50;
/** Where among them the slope of the scores begins: the first few may be answers, which say nothing about chance. */
const slopeStart = 1 / 5;

/** What a passage's coverage counts, where the best score by words counts as the best passage's coverage. */
const coverageWeight = 0.7;
/** What the best by vectors counts at a trust of 1. This, `coverageWeight` and `trustPower` were tuned on half of the questions; docs/search.md has the other half. */
const vectorWeight = 0.6;
/** A model that stands out twice as far is many times as likely to be right. */
const trustPower = 3;

/**
 * Joins what was found by words with what was found by vectors. Either list's scores count from its last (0) to its best: by words up to the coverage
 * of the best passage, to which each passage's own coverage is added; by vectors up to a weight that grows with the trust in them. So the range of a
 * model's cosines does not matter.
 * @returns all passages of both lists, the best first; of equals those found by words first
 */
export function fuseScores<Id>(byWords: WordRanking<Id>, byVectors: Ranking<Id>, trust: VectorTrust): { id: Id; score: number }[] {
  const scores = new Map<Id, number>();
  const fullCoverage = byWords.reduce((most, { coverage }) => Math.max(most, coverage), 0);
  const wordShare = shareOfRange(byWords);
  for (const { id, score, coverage } of byWords) scores.set(id, fullCoverage * wordShare(score) + coverageWeight * coverage);
  const weight = vectorWeight * trust.mean ** trustPower;
  const vectorShare = shareOfRange(byVectors);
  for (const { id, score } of byVectors) scores.set(id, (scores.get(id) ?? 0) + weight * vectorShare(score));
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}

/**
 * The trust after one more question. Only questions on which the two differ tell anything; otherwise it is the same object.
 * @param byWords of the same question, found in the same scope
 */
export function learnTrust<Id>(trust: VectorTrust, byWords: Ranking<Id>, byVectors: Ranking<Id>): VectorTrust {
  const [first] = byWords;
  if (!first || first.id === byVectors[0]?.id) return trust;
  const observed = standOut(byVectors.map(({ score }) => score));
  if (observed === undefined) return trust;
  const mean = (trust.mean * trust.questions + observed) / (trust.questions + 1);
  return { mean, questions: Math.min(trust.questions + 1, mostRemembered) };
}

/**
 * How far the best score lies above the second, in units of what chance would make of it. The highest of many scores by chance lie as those of an
 * exponential distribution do (J. Pickands, «Statistical inference using extreme order statistics», 1975): the one at place i above the one at place k by
 * ln(k / i) units on average, the first above the second by one.
 * @param scores the best first
 * @returns undefined when there are too few of them, all are the same, or they are no finite numbers
 */
function standOut(scores: readonly number[]): number | undefined {
  const end = Math.min(comparedPlaces, Math.floor(scores.length / 2));
  const start = Math.max(1, Math.floor(end * slopeStart));
  const [best, second, from, to] = [scores[0], scores[1], scores[start - 1], scores[end - 1]];
  if (best === undefined || second === undefined || from === undefined || to === undefined || from <= to) return undefined;
  // One mean of such numbers would be of no use ever after.
  if (![best, second, from, to].every(Number.isFinite)) return undefined;
  return Math.min(mostStandingOut, ((best - second) * Math.log(end / start)) / (from - to));
}

/** From 0 for the last of a list to 1 for its best; 1 for all when they are the same. */
function shareOfRange(ranking: Ranking<unknown>): (score: number) => number {
  const best = ranking[0]?.score ?? 0;
  const last = ranking.at(-1)?.score ?? 0;
  return (score) => (best > last ? (score - last) / (best - last) : 1);
}
