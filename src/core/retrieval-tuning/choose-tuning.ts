import { fuseScores, type Ranking, type WordRanking } from '../search/fuse-scores';
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

/** How far vectors are trusted, besides as far as they are now: `fuseScores` makes of these weights of .05, .2, .4 and .9. */
const trusts = [0.5, 0.8, 1, 1.3];

/**
 * Of some maps, the plainest first, the one with which the fused rankings are best, and how far vectors are to be trusted with it. What gains less than the
 * standard error of its gain is not preferred to search as it is: the best of several is best by chance too easily (L. Breiman, 1984, has the same rule).
 * @param trust as it is now
 */
export function chooseTuning<Id>(questions: readonly JudgedRankings<Id>[], maps: number, trust: number): { map: number; trust: number } {
  const plain = measureEach(questions, 0, trust);
  let best = { map: 0, trust, gain: 0 };
  for (let map = 0; map < maps; map++) {
    for (const other of [trust, ...trusts]) {
      const { gain, error } = gainOver(plain, measureEach(questions, map, other));
      if (gain > error && gain > best.gain) best = { map, trust: other, gain };
    }
  }
  return { map: best.map, trust: best.trust };
}

function measureEach<Id>(questions: readonly JudgedRankings<Id>[], map: number, trust: number): number[] {
  return questions.map(({ answers, byWords, byVectors }) => {
    const found = fuseScores(byWords, byVectors[map] ?? [], trust);
    return gainOf(
      found.map(({ id }) => id),
      answers,
    );
  });
}

/** How much is gained in the mean, with its standard error. */
function gainOver(before: readonly number[], after: readonly number[]): { gain: number; error: number } {
  const differences = after.map((measure, index) => measure - (before[index] ?? 0));
  const count = Math.max(1, differences.length);
  const gain = differences.reduce((sum, difference) => sum + difference, 0) / count;
  const squares = differences.reduce((sum, difference) => sum + (difference - gain) ** 2, 0);
  return { gain, error: Math.sqrt(squares) / count };
}

/** nDCG@10 of one question. @param found the best first */
export function gainOf<Id>(found: readonly Id[], answers: ReadonlySet<Id>): number {
  const grades = found.slice(0, measuredPlaces).map((id) => (answers.has(id) ? 1 : 0));
  return normalizedGain(grades, new Array<number>(answers.size).fill(1), measuredPlaces);
}
