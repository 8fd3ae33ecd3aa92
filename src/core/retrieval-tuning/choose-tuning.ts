import { fuseScores, type Ranking, type WordRanking } from '../fuse-scores';
import { normalizedGain } from './discounted-gain';

/** How deep a ranking is measured. */
export const measuredPlaces = 10;

/** A question whose answers are known, as it is found by its words and, for each of some maps, by its vector. */
export interface JudgedRankings<Id> {
  readonly answers: ReadonlySet<Id>;
  readonly byWords: WordRanking<Id>;
  /** In the order of the maps. */
  readonly byVectors: readonly Ranking<Id>[];
}

/** How far vectors are trusted, besides as far as they are now: `fuseScores` makes of these weights of .08, .16, .3, .6, 1 and 1.6. */
const trusts = [0.5, 0.65, 0.8, 1, 1.2, 1.4];

/** What has to be gained for another map, or another trust: below it the simpler is taken. */
const leastGain = 0.0005;

/**
 * Of some maps, the plainest first, the one with which the fused rankings are best, and how far vectors are to be trusted with it.
 * @param trust as it is now
 */
export function chooseTuning<Id>(questions: readonly JudgedRankings<Id>[], maps: number, trust: number): { map: number; trust: number } {
  let best = { map: 0, trust, measure: measureAll(questions, 0, trust) };
  for (let map = 0; map < maps; map++) {
    for (const other of [trust, ...trusts]) {
      const measure = measureAll(questions, map, other);
      if (measure > best.measure + leastGain) best = { map, trust: other, measure };
    }
  }
  return { map: best.map, trust: best.trust };
}

function measureAll<Id>(questions: readonly JudgedRankings<Id>[], map: number, trust: number): number {
  const gains = questions.map(({ answers, byWords, byVectors }) =>
    gainOf(
      fuseScores(byWords, byVectors[map] ?? [], { mean: trust, questions: 1 }).map(({ id }) => id),
      answers,
    ),
  );
  return gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);
}

/** nDCG@10 of one question. @param found the best first */
export function gainOf<Id>(found: readonly Id[], answers: ReadonlySet<Id>): number {
  const grades = found.slice(0, measuredPlaces).map((id) => (answers.has(id) ? 1 : 0));
  return normalizedGain(grades, new Array<number>(answers.size).fill(1), measuredPlaces);
}
