import type { MessageId } from '../../core/conversation/conversation';
import { type Problem, ProblemError, problemOf } from '../../core/problem';
import type { Judgement } from '../../core/retrieval-tuning/judged-sources';
import type { TuningFigures, TuningStage } from '../../core/retrieval-tuning/tuning-figures';
import type { Searcher } from '../../core/search/search';
import type { LibraryEvent } from '../../protocol/library-events';
import type { TunedSearchStatus } from '../../protocol/tuned-search-requests';
import type { Library } from '../../storage/schema';
import { passagesOfSources, readQuestionsWithSources } from '../../storage/tuning/judged-questions';
import { deleteTuning, putTuning, readStoredTuning, readTuning } from '../../storage/tuning/retrieval-tunings';
import { vectorLengths } from '../../storage/vectors/vector-lengths';
import { readIndexModel } from '../../storage/vectors/vector-models';
import { fewestQuestions, type JudgedQuestion, type TuningOutcome, tuneRetrieval } from './tune-retrieval';

export interface SearchTunerTools {
  readonly openLibrary: () => Promise<Library>;
  readonly searcher: Searcher;
  /** What the person made of answers. */
  readonly readJudgements: (library: Library) => Promise<(answerId: MessageId) => Judgement | undefined>;
  readonly keepAwake: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly tell: (event: LibraryEvent) => void;
  readonly now: () => number;
  readonly elapsed: () => number;
}

/** Trains how search goes by vectors from what the person opened and cited. What is in memory is only a training that is under way. */
export interface SearchTuner {
  status(): Promise<TunedSearchStatus>;
  /** Begins a training, unless one is under way. How it ends is told. */
  train(): void;
  stop(): void;
  /** Has search go as it did before any training. */
  undo(): Promise<void>;
}

/** Panels are told no more often. */
const tellEveryMs = 200;

export function searchTuner(tools: SearchTunerTools): SearchTuner {
  const { openLibrary, searcher, tell, now, elapsed } = tools;
  let training: AbortController | undefined;

  const questionsOf = async (library: Library, modelKey: string) =>
    readQuestionsWithSources(library, modelKey, await tools.readJudgements(library));

  const judged = async (
    library: Library,
    modelKey: string,
    report: (share: number) => void,
    signal: AbortSignal,
  ): Promise<JudgedQuestion[]> => {
    const [usual] = [...(await vectorLengths(library, modelKey))].sort((one, other) => other[1] - one[1]);
    const questions: JudgedQuestion[] = [];
    const all = await questionsOf(library, modelKey);
    for (const [index, { text, vector, sources }] of all.entries()) {
      signal.throwIfAborted();
      report(index / all.length);
      const answers = vector.length === usual?.[0] ? await passagesOfSources(library, sources) : [];
      if (answers.length > 0) questions.push({ text, vector, answers });
    }
    return questions;
  };

  const trainFor = async (library: Library, modelKey: string, signal: AbortSignal) => {
    let toldAt = elapsed();
    const report = (stage: TuningStage, share: number) => {
      if (elapsed() - toldAt < tellEveryMs) return;
      toldAt = elapsed();
      tell({ type: 'search-tuning', stage, percent: Math.floor(share * 100) });
    };
    const questions = await judged(library, modelKey, (share) => report('reading', share), signal);
    if (questions.length < fewestQuestions) throw new ProblemError({ code: 'tuning-too-few', detail: String(questions.length) });
    const outcome = await tuneRetrieval(questions, { library, searcher, modelKey, elapsed, report }, signal);
    signal.throwIfAborted();
    const figures = figuresOf(outcome, now());
    await putTuning(library, modelKey, figures, figures.outcome === 'kept' ? outcome.found : undefined);
  };

  const run = async (signal: AbortSignal) => {
    let problem: Problem | undefined;
    try {
      const library = await openLibrary();
      const modelKey = await readIndexModel(library);
      if (modelKey !== undefined) await trainFor(library, modelKey, signal);
    } catch (error) {
      if (!signal.aborted) problem = problemOf(error);
    }
    training = undefined;
    tell({ type: 'search-tuning', ...(problem ? { problem } : {}) });
  };

  return {
    async status() {
      const library = await openLibrary();
      const modelKey = await readIndexModel(library);
      const isTraining = training !== undefined;
      if (modelKey === undefined) return { questions: 0, fewest: fewestQuestions, isTraining };
      const [questions, stored, tuning] = await Promise.all([
        questionsOf(library, modelKey),
        readStoredTuning(library, modelKey),
        readTuning(library, modelKey),
      ]);
      return {
        model: modelKey,
        questions: questions.length,
        fewest: fewestQuestions,
        isTraining,
        ...(stored ? { last: stored.last } : {}),
        ...(stored?.used ? { used: stored.used.figures, ...(tuning === 'damaged' ? { isDamaged: true as const } : {}) } : {}),
      };
    },
    train() {
      if (training) return;
      training = new AbortController();
      void tools.keepAwake(run(training.signal));
    },
    stop() {
      training?.abort();
    },
    async undo() {
      const library = await openLibrary();
      const modelKey = await readIndexModel(library);
      if (modelKey !== undefined) await deleteTuning(library, modelKey);
      tell({ type: 'search-tuning' });
    },
  };
}

function figuresOf({ questions, before, after, difference, found, isBetter }: TuningOutcome, at: number): TuningFigures {
  const outcome = !found ? 'nothing-better' : isBetter ? 'kept' : 'not-sure';
  return { at, questions, before, after, low: difference.low, high: difference.high, outcome };
}
