import { problemOf } from '../../../core/problem';
import type { JudgedAnswer, JudgementId, JudgementRun } from '../../../core/tuning/judging/judgement';
import { isWhole } from '../../../core/tuning/judging/judgement';
import type { Library } from '../../../storage/schema';
import {
  changeJudgedPair,
  changeJudgementRun,
  listJudgements,
  readJudgedPairs,
  readJudgementRun,
} from '../../../storage/tuning/judgements';
import { answerForSide, type JudgingTools } from './answer-for-side';

export interface JudgeRunnerTools {
  readonly openLibrary: () => Promise<Library>;
  readonly answerTools: () => Promise<JudgingTools>;
  /** Something of a comparison is other than it was. */
  readonly changed: (id: JudgementId) => void;
  /** Has `run` called at this time, by another worker if need be. */
  readonly wakeAt: (time: number) => void;
  readonly now: () => number;
  /** Resolves after so long, or when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface JudgeRunner {
  /** Asks what is left to be asked of all comparisons that go on; nothing when that is nothing. */
  readonly run: () => Promise<void>;
  /** Gives up the questions of one that are under way in this worker. */
  readonly stop: (id: JudgementId) => void;
}

/** When it is looked whether it goes on: the worker may die at any moment. */
const lookAgainMs = 30_000;
/** A server that has too much to do is left alone for as long as it says, or for this long, doubled each time; then the person decides. */
const firstPauseMs = 5_000;
const longestPauseMs = 60_000;
const mostAttempts = 5;

/** Has the two sides of comparisons answer, a question at a time. Each answer is stored as soon as it is there: it is paid for. */
export function judgeRunner(tools: JudgeRunnerTools): JudgeRunner {
  // What is under way in this worker; what is to be done is stored.
  const stops = new Map<JudgementId, AbortController>();
  let running: Promise<void> | undefined;
  let isWanted = false;

  const isGoingOn = (run: JudgementRun | undefined) => run?.state === 'answering' && !run.problem;

  const whenNotBusy = async (work: () => Promise<JudgedAnswer>, signal: AbortSignal): Promise<JudgedAnswer> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const { code, retryAfterMs = firstPauseMs * 2 ** (attempt - 1) } = problemOf(error);
        if (code !== 'model-busy' || attempt >= mostAttempts || retryAfterMs > longestPauseMs || signal.aborted) throw error;
        tools.wakeAt(tools.now() + retryAfterMs + lookAgainMs);
        await tools.pause(retryAfterMs, signal);
      }
    }
  };

  const answerPairs = async (run: JudgementRun, signal: AbortSignal) => {
    const library = await tools.openLibrary();
    for (const pair of await readJudgedPairs(library, run.id)) {
      if (isWhole(pair)) continue;
      if (signal.aborted || !isGoingOn(await readJudgementRun(library, run.id))) return;
      tools.wakeAt(tools.now() + lookAgainMs);
      const answerTools = await tools.answerTools();
      const answerSide = async (at: 0 | 1) => {
        const name = at === 0 ? 'first' : 'second';
        if (pair[name]) return;
        const answer = await whenNotBusy(() => answerForSide(pair.question, run.plan.sides[at], answerTools, signal), signal);
        // Another worker may have been quicker, and its answer been seen.
        await changeJudgedPair(library, run.id, pair.number, (now) => (now[name] ? undefined : { ...now, [name]: answer }));
      };
      const ends = await Promise.allSettled([answerSide(0), answerSide(1)]);
      tools.changed(run.id);
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed && !signal.aborted) throw failed.reason;
    }
    if (!signal.aborted) await changeJudgementRun(library, run.id, (now) => (isGoingOn(now) ? { ...now, state: 'answered' } : undefined));
  };

  const answerRun = async (run: JudgementRun) => {
    const stop = new AbortController();
    stops.set(run.id, stop);
    try {
      await answerPairs(run, stop.signal);
    } catch (error) {
      const problem = problemOf(error);
      // This worker is being ended: the next one goes on.
      if (problem.code === 'interrupted') throw error;
      await changeJudgementRun(await tools.openLibrary(), run.id, (now) => (isGoingOn(now) ? { ...now, problem } : undefined));
    } finally {
      stops.delete(run.id);
      tools.changed(run.id);
    }
  };

  const runAll = async () => {
    while (isWanted) {
      isWanted = false;
      for (const run of await listJudgements(await tools.openLibrary())) if (isGoingOn(run)) await answerRun(run);
    }
  };

  return {
    run() {
      isWanted = true;
      running ??= runAll().finally(() => {
        running = undefined;
      });
      return running;
    },
    stop: (id) => stops.get(id)?.abort(),
  };
}
