import type { Ranking } from './fuse-scores';
import { standOut } from './stand-out';

/**
 * What the questions asked of one library have shown of a model, without anyone's judgement. A model that knows better than the words is sure of itself just
 * where it differs from them; one that is led astray is as unsure as chance.
 */
export interface VectorTrust {
  /** The mean of `standOut` by vectors over the questions on which the two sides' best differ; about 0.7 for a useless model, 2 and more for an excellent one. */
  readonly mean: number;
  /** How many questions it is the mean of, with those that it began as. */
  readonly questions: number;
  /** Absent before the first, and when they were asked of an older version. */
  readonly asked?: AskedOfAll;
}

/** Over all questions. */
interface AskedOfAll {
  /** The mean of `backing`: 1 by chance, and 2 to 5 for models that know anything. */
  readonly backing: number;
  /** The mean of `standOut` by words. */
  readonly words: number;
  readonly questions: number;
}

/** Of a model that nothing is known of: weak, until it has shown otherwise a few times over. */
export const unknownTrust: VectorTrust = { mean: 0.8, questions: 4 };
const unknownOfAll: AskedOfAll = { backing: 1.4, words: 2.5, questions: 4 };

/** The means go on changing as if they were of no more questions than this, for the library changes too. */
const mostRemembered = 200;
/** Fewer of either list tell nothing of whether the one bears the other out. */
const fewestCompared = 10;

/**
 * What any model that is no chance is trusted with, as a cube of trust, where words stand out as they do on average; and how much more where the words
 * themselves hardly tell passages apart. Tuned with the constants of `fuseScores`.
 */
const sharedTrust = { usual: 0.2, power: 1.5, fewest: 0.5 } as const;

/** What a backing of one more than chance allows at most. */
const trustByBacking = 3;

/**
 * The trust after one more question.
 * @param byWords of the same question, found in the same scope
 * @returns the same object when the question tells nothing
 */
export function learnTrust<Id>(trust: VectorTrust, byWords: Ranking<Id>, byVectors: Ranking<Id>): VectorTrust {
  const clear = standOut(scoresOf(byVectors));
  const [first] = byWords;
  if (!first || clear === undefined) return trust;
  const differs = first.id !== byVectors[0]?.id ? { mean: mixed(trust, trust.mean, clear), ...onceMore(trust) } : {};
  const backed = backing(byWords, byVectors);
  if (backed === undefined) return { ...trust, ...differs };
  const { asked = unknownOfAll } = trust;
  const words = standOut(scoresOf(byWords)) ?? asked.words;
  return {
    ...trust,
    ...differs,
    asked: { backing: mixed(asked, asked.backing, backed), words: mixed(asked, asked.words, words), ...onceMore(asked) },
  };
}

/**
 * How far to trust the vectors by what was learned, for `fuseScores`: 0 for chance, 1 for a model that stands out as chance would but knows something, 2 and
 * more for an excellent one. However sure a model is, it is not trusted further than the words bear it out.
 */
export function trustIn({ mean, asked = unknownOfAll }: VectorTrust): number {
  const shared = sharedTrust.usual * (unknownOfAll.words / Math.max(sharedTrust.fewest, asked.words)) ** sharedTrust.power;
  return Math.min(Math.cbrt(Math.max(0, mean) ** 3 + shared), trustByBacking * Math.max(0, asked.backing - 1));
}

const scoresOf = (ranking: Ranking<unknown>) => ranking.map(({ score }) => score);

/** With those counted that a mean began as. */
const onceMore = ({ questions }: { questions: number }) => ({ questions: Math.min(questions + 1, mostRemembered) });

const mixed = ({ questions }: { questions: number }, mean: number, observed: number) => (mean * questions + observed) / (questions + 1);

/**
 * How far the best by vectors is borne out by the words: −ln of the share of the passages near to the question that the words rank as high. Chance takes any of
 * them, which is 1 on average (R. A. Fisher's combination of probabilities, 1932, has the same unit); of equals half count.
 * @returns undefined when there are few of them, or the words hold them all the same
 */
function backing<Id>(byWords: Ranking<Id>, byVectors: Ranking<Id>): number | undefined {
  const scores = new Map(byWords.map(({ id, score }) => [id, score]));
  const [best = 0, ...others] = byVectors.map(({ id }) => scores.get(id) ?? 0);
  if (byVectors.length < fewestCompared || others.every((score) => score === best)) return undefined;
  const above = others.filter((score) => score > best).length;
  const same = others.filter((score) => score === best).length + 1;
  return -Math.log((above + same / 2) / byVectors.length);
}
