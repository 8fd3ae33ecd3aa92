import type { Cost } from '../../../core/models/model-prices';
import { ProblemError } from '../../../core/problem';
import { passesCap, type SpentOfCap } from '../../../core/spending/spending-settings';
import { drawSides } from '../../../core/tuning/judging/draw-by-lot';
import { isWhole, type JudgementId, type JudgementRun, judgementId } from '../../../core/tuning/judging/judgement';
import { outlinedPair, shownPair } from '../../../core/tuning/judging/shown-pair';
import type { Handlers } from '../../../protocol/handle';
import type { JudgementRequests } from '../../../protocol/judgement-requests';
import type { Library } from '../../../storage/schema';
import {
  changeJudgedPair,
  changeJudgementRun,
  deleteJudgement,
  listJudgements,
  putJudgement,
  readJudgedPair,
  readJudgedPairs,
  readJudgementRun,
} from '../../../storage/tuning/judgements';
import { drawQuestions } from './draw-questions';
import { type EstimatingTools, estimateSide } from './estimate-judgement';
import type { JudgeRunner } from './judge-runner';

export interface JudgementRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly answerTools: () => Promise<EstimatingTools>;
  readonly spentOfCap: () => Promise<SpentOfCap>;
  readonly runner: Pick<JudgeRunner, 'stop'>;
  /** Sets the runner going. */
  readonly run: () => void;
  readonly changed: (id: JudgementId) => void;
  readonly now: () => number;
  readonly newId: () => string;
  /** A number from 0 to below 1 that nobody can tell before, nor from any other. */
  readonly random: () => number;
}

/** The person waits for the price. */
const estimateMs = 20_000;

/** What the worker answers to requests about judging models. */
export function judgementRequestHandlers(tools: JudgementRequestTools): Handlers<JudgementRequests, unknown> {
  const { openLibrary, runner, run, changed, now, newId, random } = tools;
  const change = async (id: JudgementId, to: (run: JudgementRun) => JudgementRun | undefined) => {
    if (!(await changeJudgementRun(await openLibrary(), id, to))) throw new ProblemError({ code: 'not-found' });
    changed(id);
    return null;
  };
  return {
    async 'judgements/estimate'({ plan }) {
      const { questions, learned, isTrainingUnknown } = await drawQuestions(await openLibrary(), plan);
      const answerTools = await tools.answerTools();
      const signal = AbortSignal.timeout(estimateMs);
      const [one, other] = plan.sides;
      const costs = [
        await estimateSide(one, questions, answerTools, signal),
        await estimateSide(other, questions, answerTools, signal),
      ] as const;
      const spent = await tools.spentOfCap();
      const { spentUsd, capUsd } = spent;
      const isCapped = capUsd !== undefined && passesCap(spent, usdOf(costs[0]) + usdOf(costs[1]), costs.some(isUnknown));
      return {
        questions: questions.length,
        learned,
        isTrainingUnknown,
        costs,
        ...(isCapped ? { cap: { usd: capUsd, leftUsd: Math.max(0, capUsd - spentUsd) } } : {}),
      };
    },
    async 'judgements/start'({ plan }) {
      const library = await openLibrary();
      const { questions } = await drawQuestions(library, plan);
      if (questions.length === 0) throw new ProblemError({ code: 'nothing-held-out' });
      const createdAt = now();
      const id = judgementId(createdAt, newId().slice(0, 8));
      // By no seed: who has seen one comparison revealed would know the next.
      const sides = drawSides(questions.length, random);
      const pairs = questions.map(
        (question, index) => ({ kind: 'pair', id, number: index + 1, question, isSwapped: sides[index] === true }) as const,
      );
      await putJudgement(library, { kind: 'run', id, number: 0, createdAt, plan, pairs: pairs.length, state: 'answering' }, pairs);
      run();
      return { id };
    },
    'judgements/list': async () => listJudgements(await openLibrary()),
    async 'judgements/read'({ id }) {
      const library = await openLibrary();
      const found = await readJudgementRun(library, id);
      if (!found) throw new ProblemError({ code: 'not-found' });
      const pairs = await readJudgedPairs(library, id);
      return { run: found, pairs: pairs.map((pair) => outlinedPair(pair, found.isRevealed === true)) };
    },
    async 'judgements/pair'({ id, number }) {
      const library = await openLibrary();
      const [found, pair] = await Promise.all([readJudgementRun(library, id), readJudgedPair(library, id, number)]);
      if (!found || !pair) throw new ProblemError({ code: 'not-found' });
      return shownPair(pair, found.isRevealed === true);
    },
    async 'judgements/vote'({ id, number, vote }) {
      await changeJudgedPair(await openLibrary(), id, number, (pair, { isRevealed }) => {
        if (isRevealed || !isWhole(pair)) return undefined;
        const { vote: _, ...rest } = pair;
        return vote ? { ...rest, vote } : rest;
      });
      changed(id);
      return null;
    },
    async 'judgements/stop'({ id }) {
      await change(id, (found) => (found.state === 'answering' ? { ...found, state: 'stopped' } : undefined));
      runner.stop(id);
      return null;
    },
    async 'judgements/go-on'({ id }) {
      await change(id, ({ problem: _, ...found }) =>
        found.state === 'answered' || found.isRevealed ? undefined : { ...found, state: 'answering' },
      );
      run();
      return null;
    },
    // What would still be answered could not be judged blind.
    async 'judgements/reveal'({ id }) {
      await change(id, (found) => ({ ...found, isRevealed: true, state: found.state === 'answering' ? 'stopped' : found.state }));
      runner.stop(id);
      return null;
    },
    async 'judgements/delete'({ id }) {
      await deleteJudgement(await openLibrary(), id);
      runner.stop(id);
      changed(id);
      return null;
    },
  };
}

const isUnknown = ({ kind }: Cost) => kind === 'unknown';

function usdOf(cost: Cost): number {
  return cost.kind === 'known' ? cost.usd : 0;
}
