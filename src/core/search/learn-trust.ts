import type { Ranking } from './fuse-scores';
import { standOut } from './stand-out';

/**
 * What the questions asked of one library have shown of a model, without anyone's judgement. A model that knows better than the words is sure of itself just
 * where it differs from them; one that is led astray is as unsure as chance; and one that knows only what the words say differs for passages that they say
 * nearly as much of.
 */
export interface VectorTrust {
  /** The mean of `standOut` by vectors over the questions on which the two sides' best differ; about 0.7 for a useless model, 2 and more for an excellent one. */
  readonly mean: number;
  /** How many questions it is the mean of, with those that it began as. */
  readonly questions: number;
  /** Over the questions on which they differ: 1 to 1.5 for a model that knows something of its own and little else, 2.5 to 3.5 for one that knows only the words. */
  readonly differing?: MeanBacking;
  /** Over all questions: 1 by chance, and 2 to 5 for models that know anything. */
  readonly asked?: MeanBacking;
}

/** Absent before the first question, and when they were asked of an older version. */
interface MeanBacking {
  /** The mean of `backing`. */
  readonly backing: number;
  /** As above. */
  readonly questions: number;
}

/** Of a model that nothing is known of: taken for one that knows only the words, until it has shown otherwise a few times over. */
export const unknownTrust: VectorTrust = { mean: 0.8, questions: 4 };
const unknownDiffering: MeanBacking = { backing: 4, questions: 4 };
const unknownOfAll: MeanBacking = { backing: 1.4, questions: 4 };

/** The means go on changing as if they were of no more questions than this, for the library changes too. */
const mostRemembered = 200;
/** Fewer of either list tell nothing of whether the one bears the other out. */
const fewestCompared = 10;

/** What one unit of standing out allows. Tuned with the constants of `fuseScores`. */
const trustByStandingOut = 1.7;
/** What a backing of one more than chance allows. */
const trustByBacking = 2;
/** However excellent a model is, words still tell apart what is nearly the same to it. */
const mostTrust = 2.4;

/**
 * The trust after one more question.
 * @param byWords of the same question, found in the same scope
 * @returns the same object when the question tells nothing
 */
export function learnTrust<Id>(trust: VectorTrust, byWords: Ranking<Id>, byVectors: Ranking<Id>): VectorTrust {
  const clear = standOut(scoresOf(byVectors));
  const [first] = byWords;
  if (!first || clear === undefined) return trust;
  const isOther = first.id !== byVectors[0]?.id;
  const differs = isOther ? { mean: mixed(trust, trust.mean, clear), ...onceMore(trust) } : {};
  const backed = backing(byWords, byVectors);
  if (backed === undefined) return { ...trust, ...differs };
  const { differing = unknownDiffering, asked = unknownOfAll } = trust;
  return {
    ...trust,
    ...differs,
    differing: isOther ? mixedBacking(differing, backed) : differing,
    asked: mixedBacking(asked, backed),
  };
}

/**
 * How far to trust the vectors by what was learned, for `fuseScores`: 0 for chance and for models that know only the words, 1 for one that knows something of
 * its own, 2 and more for an excellent one. What the words account for runs from 0, where the model's best holds its words by chance, to 1, where hardly another
 * passage holds as many. However sure a model is, it is not trusted further than the words bear it out.
 */
export function trustIn({ mean, differing = unknownDiffering, asked = unknownOfAll }: VectorTrust): number {
  const accountedFor = 1 - Math.exp(1 - Math.max(1, differing.backing));
  return Math.max(0, Math.min(trustByStandingOut * mean - accountedFor, trustByBacking * (asked.backing - 1), mostTrust));
}

const scoresOf = (ranking: Ranking<unknown>) => ranking.map(({ score }) => score);

/** With those counted that a mean began as. */
const onceMore = ({ questions }: { questions: number }) => ({ questions: Math.min(questions + 1, mostRemembered) });

const mixedBacking = (known: MeanBacking, backed: number): MeanBacking => ({
  backing: mixed(known, known.backing, backed),
  ...onceMore(known),
});

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
