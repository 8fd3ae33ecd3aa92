import type { PassageId } from '../../core/pages/page';
import { chooseTuning, gainOf, type JudgedRankings, measuredPlaces } from '../../core/retrieval-tuning/choose-tuning';
import { comparePaired, type PairedDifference } from '../../core/retrieval-tuning/compare-paired';
import { applyMap, type QuestionMap, withShare } from '../../core/retrieval-tuning/question-map';
import { type PairSide, sideOf } from '../../core/retrieval-tuning/split-pairs';
import { type TrainingPair, trainMap } from '../../core/retrieval-tuning/train-map';
import type { TuningStage } from '../../core/retrieval-tuning/tuning-figures';
import { trustIn } from '../../core/search/learn-trust';
import type { Searcher } from '../../core/search/search';
import type { Library } from '../../storage/schema';
import type { RetrievalTuning } from '../../storage/tuning/retrieval-tunings';
import { readPassageVectors } from '../../storage/vectors/read-passage-vectors';
import { searchVectors } from '../../storage/vectors/search-vectors';
import { readVectorTrust } from '../../storage/vectors/vector-trust';
import { inSlices } from './in-slices';

/** A question whose answers are known. */
export interface JudgedQuestion {
  readonly text: string;
  /** By the model that is tuned for, of length 1. */
  readonly vector: Float32Array;
  /** The best first; at least one. */
  readonly answers: readonly PassageId[];
}

export interface TuningOutcome {
  /** How many questions were on each side. */
  readonly questions: Readonly<Record<PairSide, number>>;
  /** nDCG@10 on the questions that nothing was learned from, as search is without tuning and as it is with what was found best. */
  readonly before: number;
  readonly after: number;
  readonly difference: PairedDifference;
  /** What was found best; absent when it is to search as before. */
  readonly found?: RetrievalTuning;
  /** It does better on those questions than chance would. */
  readonly isBetter: boolean;
  readonly trainingMs: number;
}

export interface TuneTools {
  readonly library: Library;
  readonly searcher: Searcher;
  readonly modelKey: string;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  /** @param share from 0 to 1, of the stage */
  readonly report: (stage: TuningStage, share: number) => void;
}

/** Too few to tell anything by. With as many, a quarter is some twenty to check with: only a great difference is more than chance. */
export const fewestQuestions = 80;
/** More would take longer and change little. */
const mostOf: Readonly<Record<PairSide, number>> = { train: 1_000, choose: 200, check: 600 };

/** What the search takes for answers, of each question. */
export const othersOfPair = 8;
/** As deep as a search reads the two rankings it joins. */
const [wordDepth, vectorDepth] = [200, 100];
/** How much of what the part of low rank does is tried. */
const lowRankShares = [0, 0.5, 1];
const seed = 1;

/**
 * Trains a map on a part of the questions, chooses by another how much of it to use and how far to trust the vectors, and checks the outcome with the rest.
 * Changes nothing.
 * @throws the signal's reason, when it is aborted
 */
export async function tuneRetrieval(all: readonly JudgedQuestion[], tools: TuneTools, signal: AbortSignal): Promise<TuningOutcome> {
  const { library, searcher, modelKey, elapsed, report } = tools;
  const on = (side: PairSide) => all.filter(({ text }) => sideOf(text) === side).slice(0, mostOf[side]);
  const [train, choose, check] = [on('train'), on('choose'), on('check')];
  const trust = trustIn(await readVectorTrust(library, modelKey));
  const eachOf = async <Item, Result>(stage: TuningStage, items: readonly Item[], work: (item: Item) => Promise<Result>) => {
    const results: Result[] = [];
    for (const [index, item] of items.entries()) {
      signal.throwIfAborted();
      report(stage, index / items.length);
      results.push(await work(item));
    }
    return results;
  };

  const similar = await eachOf('finding', train, async ({ vector, answers }) => {
    const found = await searchVectors(library, modelKey, vector, { limit: othersOfPair + answers.length });
    return found.map(({ id }) => id).filter((id) => !answers.includes(id));
  });
  const pairs = await trainingPairs(train, similar, (ids) => readPassageVectors(library, modelKey, ids));
  const startedAt = elapsed();
  const map = await inSlices(trainMap(pairs, seed), elapsed, (share) => report('training', share), signal);
  const trainingMs = elapsed() - startedAt;

  const maps = [undefined, ...lowRankShares.map((share) => withShare(map, share))];
  const mapped = (vector: Float32Array, one: QuestionMap | undefined) => (one ? applyMap(one, vector) : vector);
  const judged = await eachOf('choosing', choose, async ({ text, vector, answers }): Promise<JudgedRankings<PassageId>> => {
    const { passages } = await searcher.search({ text, limit: wordDepth });
    const byVectors = [];
    for (const one of maps) byVectors.push(await searchVectors(library, modelKey, mapped(vector, one), { limit: vectorDepth }));
    const byWords = passages.map(({ passageId, score, wordCoverage }) => ({ id: passageId, score, coverage: wordCoverage }));
    return { answers: new Set(answers), byWords, byVectors };
  });
  const chosen = chooseTuning(judged, maps.length, trust);
  const best = maps[chosen.map];
  const isPlain = !best && chosen.trust === trust;

  const measure = async ({ text, vector, answers }: JudgedQuestion, one: QuestionMap | undefined, trusted: number) => {
    const query = { text, limit: measuredPlaces, vector: { modelKey, values: mapped(vector, one), trust: trusted } };
    const { passages } = await searcher.search(query);
    return gainOf(
      passages.map(({ passageId }) => passageId),
      new Set(answers),
    );
  };
  const gains = await eachOf('checking', check, async (question) => {
    const before = await measure(question, undefined, trust);
    return [before, isPlain ? before : await measure(question, best, chosen.trust)] as const;
  });
  const [before, after] = [gains.map(([gain]) => gain), gains.map(([, gain]) => gain)];
  const difference = comparePaired(before, after);
  return {
    questions: { train: pairs.length, choose: choose.length, check: check.length },
    before: meanOf(before),
    after: meanOf(after),
    difference,
    ...(isPlain ? {} : { found: { ...(best ? { map: best } : {}), trust: chosen.trust } }),
    isBetter: difference.low > 0,
    trainingMs,
  };
}

/** Questions whose answer has no vector are left out. */
async function trainingPairs(
  questions: readonly JudgedQuestion[],
  similar: readonly (readonly PassageId[])[],
  readVectors: (ids: readonly PassageId[]) => Promise<ReadonlyMap<PassageId, Float32Array>>,
): Promise<TrainingPair[]> {
  const ids = new Set([...questions.flatMap(({ answers }) => answers), ...similar.flat()]);
  const vectors = await readVectors([...ids]);
  return questions.flatMap(({ vector, answers }, index): TrainingPair[] => {
    const answerId = answers.find((id) => vectors.get(id)?.length === vector.length);
    const answer = answerId === undefined ? undefined : vectors.get(answerId);
    if (answerId === undefined || !answer) return [];
    const others = (similar[index] ?? []).flatMap((id) => vectors.get(id) ?? []);
    return [{ question: vector, answer, answerId, answers: new Set<number>(answers), others }];
  });
}

function meanOf(measures: readonly number[]): number {
  return measures.reduce((sum, measure) => sum + measure, 0) / Math.max(1, measures.length);
}
