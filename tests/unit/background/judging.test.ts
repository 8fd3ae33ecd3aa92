import { describe, expect, it } from 'vitest';
import type { EstimatingTools } from '../../../src/background/tuning/judge/estimate-judgement';
import { type JudgeRunner, judgeRunner } from '../../../src/background/tuning/judge/judge-runner';
import { judgementRequestHandlers } from '../../../src/background/tuning/judge/judgement-request-handlers';
import { freezeTrainingSet } from '../../../src/background/tuning/train/freeze-training-set';
import { trainingUsage } from '../../../src/background/tuning/train/training-usage';
import { ProblemError } from '../../../src/core/problem';
import { seededShares } from '../../../src/core/seeded-shares';
import type { SpentOfCap } from '../../../src/core/spending/spending-settings';
import type { JudgementPlan } from '../../../src/core/tuning/judging/judgement';
import { exampleId } from '../../../src/core/tuning/stored-example';
import type { ChatModel, ChatRequest } from '../../../src/models/chat-model';
import type { Library } from '../../../src/storage/schema';
import { putExamples, readExamples } from '../../../src/storage/tuning/examples';
import { readJudgedPairs, readJudgementRun, restoreJudgementRecord } from '../../../src/storage/tuning/judgements';
import { changeTuningJob, putTuningJob, removeTuningJob } from '../../../src/storage/tuning/tuning-jobs';
import { answerTools, nextId, nextTime } from '../../support/answer-tools';
import { fillPage } from '../../support/filled-library';
import { temporaryLibrary } from '../../support/temporary-library';
import { tuningJob, tuningJobId, tuningPlan } from '../../support/tuning-job';

const [base, tuned] = ['the-base-model', 'ft:the-base-model:acme:marv:x1'];
const questions = ['How high is the lamp?', 'Who lit the lamp?', 'When was it lit?'];
const plan: JudgementPlan = {
  sides: [
    { model: base, withRetrieval: false },
    { model: tuned, withRetrieval: false },
  ],
  questions: { kind: 'typed', texts: questions },
  seed: 7,
};

interface Asked {
  readonly model: string;
  readonly request: ChatRequest;
}

/** A worker with models that say who they are and what they were asked, as far as `answers` lets them. */
function worker(library: Library, answers: (asked: Asked) => Promise<string> | string = ({ model }) => `said by ${model}`) {
  const asked: Asked[] = [];
  const chat = (name: string): ChatModel => ({
    name,
    async *stream(request, signal) {
      asked.push({ model: name, request });
      const text = await answers({ model: name, request });
      if (signal.aborted) return;
      yield { type: 'text-delta', text };
      yield { type: 'usage', promptTokens: 10, completionTokens: 2 };
    },
  });
  const tools: EstimatingTools = {
    ...answerTools(library),
    openChat: async (name) => chat(name),
    costOf: async (_, { promptTokens, completionTokens }) => ({ kind: 'known', usd: (promptTokens + completionTokens) / 1_000 }),
  };
  const openLibrary = async () => library;
  const changed = () => {};
  const pauses: number[] = [];
  const runner: JudgeRunner = judgeRunner({
    openLibrary,
    answerTools: async () => tools,
    changed,
    wakeAt: () => {},
    now: nextTime,
    pause: async (ms) => void pauses.push(ms),
  });
  let spent: SpentOfCap = { spentUsd: 0 };
  const handlers = judgementRequestHandlers({
    openLibrary,
    answerTools: async () => tools,
    spentOfCap: async () => spent,
    runner,
    // Tests run it themselves, so that they know when it is done.
    run: () => {},
    changed,
    now: nextTime,
    newId: nextId,
    random: seededShares(1),
  });
  return {
    asked,
    pauses,
    run: runner.run,
    capAt: (capUsd: number) => {
      spent = { spentUsd: 0, capUsd };
    },
    start: async (wanted: JudgementPlan = plan) => (await handlers['judgements/start']({ plan: wanted }, undefined)).id,
    estimate: (wanted: JudgementPlan) => handlers['judgements/estimate']({ plan: wanted }, undefined),
    list: () => handlers['judgements/list'](null, undefined),
    read: (id: Awaited<ReturnType<typeof library.getAllKeys<'judgements'>>>[number][0]) => handlers['judgements/read']({ id }, undefined),
    handlers,
  };
}

async function holdOut(library: Library, count: number): Promise<void> {
  const examples = Array.from({ length: count }, (_, index) => ({
    id: exampleId(index, `e${index}`),
    createdAt: index,
    example: {
      conversation: [
        { role: 'system', content: 'Be sarcastic.' },
        { role: 'user', content: 'Hello?' },
        { role: 'assistant', content: 'What now?' },
        { role: 'user', content: `What is in box ${index}?` },
      ],
      answer: { role: 'assistant', content: `Lamp ${index}, obviously.` },
      split: index % 2 === 0 ? ('validation' as const) : ('train' as const),
    },
  }));
  await putExamples(library, examples);
}

describe('a comparison of two models', () => {
  it('puts each question to both, alone, and keeps their answers apart from every conversation', async () => {
    const library = await temporaryLibrary();
    const { start, run, read, asked } = worker(library);
    const id = await start({ ...plan, questions: { kind: 'typed', texts: questions, instructions: 'Be brief on {{date}}.' } });
    await run();
    const { run: ended, pairs } = await read(id);
    expect(ended.state).toBe('answered');
    expect(pairs.map(({ isReady }) => isReady)).toEqual([true, true, true]);
    expect(asked).toHaveLength(6);
    for (const { request } of asked) {
      expect(request.messages.map(({ role }) => role)).toEqual(['system', 'user']);
      expect(request.messages[0]?.content).toBe('Be brief on 21 November 2026.');
      expect(request.account).toEqual({ purpose: 'judging' });
    }
    expect(asked.map(({ request }) => request.messages[1]?.content).sort()).toEqual([...questions, ...questions].sort());
    expect(await library.count('conversations')).toBe(0);
    expect(await library.count('messages')).toBe(0);
  });

  it('answers from the library where that is chosen, with the sources, and from nothing else where it is not', async () => {
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lamp', texts: [{ text: 'The lamp is 31 metres high.', capturedAt: 1 }] });
    const { start, run, asked } = worker(library, ({ model }) => (model === tuned ? 'It is 31 metres high. [1]' : 'No idea.'));
    const sides = [plan.sides[0], { model: tuned, withRetrieval: true }] as const;
    const id = await start({ ...plan, sides, questions: { kind: 'typed', texts: ['How high is the lamp?'] } });
    await run();
    const [pair] = await readJudgedPairs(library, id);
    expect(pair?.first).toMatchObject({ text: 'No idea.', sources: [] });
    expect(pair?.second).toMatchObject({ kind: 'written', text: 'It is 31 metres high. [1]' });
    expect(pair?.second?.sources.map(({ title }) => title)).toEqual(['About lamp']);
    const told = (model: string) => JSON.stringify(asked.filter((one) => one.model === model).map(({ request }) => request.messages));
    expect(told(tuned)).toContain('31 metres');
    expect(told(base)).not.toContain('31 metres');
    expect(asked.every(({ request }) => request.account?.purpose === 'judging')).toBe(true);
  });

  it('draws held-out examples by its seed, each with its instructions, what was said before and what should be answered', async () => {
    const library = await temporaryLibrary();
    await holdOut(library, 40);
    const { start, run, asked } = worker(library);
    const questionsOf = async (seed: number) => {
      const pairs = await readJudgedPairs(library, await start({ ...plan, questions: { kind: 'held-out', count: 8 }, seed }));
      return pairs.map(({ question }) => question);
    };
    const drawn = await questionsOf(7);
    expect(drawn).toHaveLength(8);
    expect(new Set(drawn.map(({ text }) => text)).size).toBe(8);
    for (const { text, reference } of drawn) {
      const box = Number(/box (\d+)/.exec(text)?.[1]);
      expect(box % 2).toBe(0);
      expect(reference).toBe(`Lamp ${box}, obviously.`);
    }
    expect(await questionsOf(7)).toEqual(drawn);
    expect(await questionsOf(8)).not.toEqual(drawn);
    await run();
    expect(asked[0]?.request.messages.map(({ content }) => content).slice(0, 3)).toEqual(['Be sarcastic.', 'Hello?', 'What now?']);
  });

  it('draws anew for each run which answer is A, either side as often, whatever was chosen', async () => {
    const library = await temporaryLibrary();
    const { start, read, handlers } = worker(library);
    const texts = Array.from({ length: 20 }, (_, index) => `Question ${index}?`);
    const sidesOfRun = async () => {
      const id = await start({ ...plan, questions: { kind: 'typed', texts } });
      await handlers['judgements/reveal']({ id }, undefined);
      return (await read(id)).pairs.map(({ sides }) => sides?.a);
    };
    const [one, other] = [await sidesOfRun(), await sidesOfRun()];
    expect(other).not.toEqual(one);
    for (const sides of [one, other]) expect(sides.filter((side) => side === 0)).toHaveLength(10);
  });

  it('leaves out what a side was trained on before it was held out, and says where that is not known', async () => {
    const library = await temporaryLibrary();
    await holdOut(library, 12);
    const tools = { countTokens: () => 1, report: () => {}, elapsed: () => 0, pause: async () => {}, signal: new AbortController().signal };
    const trainOnWhatIsNotHeldOut = async (name: string, model: string, outcome: string) => {
      const id = tuningJobId(name);
      const job = tuningJob(id, { state: 'creating', plan: { ...tuningPlan, model } });
      const { parts } = await freezeTrainingSet(
        id,
        { method: 'supervised', withSystemPrompt: false, withValidation: true },
        { library, ...tools },
      );
      expect(await putTuningJob(library, job, parts, trainingUsage(job), undefined, { isOfWish: () => false })).toBe('stored');
      await changeTuningJob(library, id, (before) => ({ ...before, job: { ...job, state: 'succeeded', tunedModel: outcome } }));
      return job;
    };
    await trainOnWhatIsNotHeldOut('one', base, tuned);
    // All is kept now, and half of it was learned.
    const ids = await library.getAllKeys('examples');
    for (const stored of await readExamples(library, ids, Number.POSITIVE_INFINITY)) {
      await putExamples(library, [{ ...stored, example: { ...stored.example, split: 'validation' } }]);
    }
    const { estimate, start } = worker(library);
    const held = (models: readonly [string, string]): JudgementPlan => ({
      sides: [
        { model: models[0], withRetrieval: false },
        { model: models[1], withRetrieval: false },
      ],
      questions: { kind: 'held-out', count: 12 },
      seed: 7,
    });
    expect(await estimate(held([base, 'another']))).toMatchObject({ questions: 12, learned: 0, isTrainingUnknown: false });
    expect(await estimate(held([base, tuned]))).toMatchObject({ questions: 6, learned: 6, isTrainingUnknown: false });
    for (const { question } of await readJudgedPairs(library, await start(held([base, tuned])))) {
      expect(Number(/box (\d+)/.exec(question.text)?.[1]) % 2).toBe(0);
    }
    // What came of the tuned model has learned the same, and what was tuned elsewhere nobody knows.
    const job = await trainOnWhatIsNotHeldOut('two', tuned, 'ft:again');
    expect(await estimate(held([base, 'ft:again']))).toMatchObject({ questions: 6, learned: 6, isTrainingUnknown: false });
    await removeTuningJob(library, job.id);
    expect(await library.count('tuningFiles'), 'of the other').toBe(1);
    expect(await estimate(held([base, 'ft:the-base-model:acme:other:x2']))).toMatchObject({ learned: 0, isTrainingUnknown: true });
  });

  it('says that nothing is held out, and begins nothing', async () => {
    const library = await temporaryLibrary();
    const { start, list } = worker(library);
    await expect(start({ ...plan, questions: { kind: 'held-out', count: 5 } })).rejects.toMatchObject({
      problem: { code: 'nothing-held-out' },
    });
    expect(await list()).toEqual([]);
  });

  it('names the price of each side before, and what the cap leaves of it', async () => {
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lamp', texts: [{ text: `The lamp is high. ${'Its light is white. '.repeat(50)}`, capturedAt: 1 }] });
    const { estimate, asked, capAt } = worker(library);
    const sides = [plan.sides[0], { model: tuned, withRetrieval: true }] as const;
    const { questions: count, costs, cap } = await estimate({ ...plan, sides });
    expect(count).toBe(3);
    expect(cap).toBeUndefined();
    const [alone, withPages] = costs.map((cost) => (cost.kind === 'known' ? cost.usd : 0));
    // A thousand tokens for each answer, and what is sent.
    expect(alone).toBeGreaterThan(3);
    expect(alone).toBeLessThan(3.1);
    expect(withPages).toBeGreaterThan((alone ?? 0) + 0.5);
    capAt(4);
    expect((await estimate({ ...plan, sides })).cap).toEqual({ usd: 4, leftUsd: 4 });
    expect(asked).toEqual([]);
  });

  it('stops at what no answer comes of, keeps what was answered, and goes on without asking that again', async () => {
    const library = await temporaryLibrary();
    let isCapped = true;
    const { start, run, read, asked, handlers } = worker(library, ({ model, request }) => {
      const isSecond = request.messages.at(-1)?.content === questions[1];
      if (isCapped && isSecond && model === tuned) throw new ProblemError({ code: 'spending-cap' });
      return 'An answer.';
    });
    const id = await start();
    await run();
    expect(await read(id)).toMatchObject({ run: { state: 'answering', problem: { code: 'spending-cap' } } });
    expect((await readJudgedPairs(library, id)).map(({ first, second }) => [first !== undefined, second !== undefined])).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
    // It waits for the person.
    await run();
    expect(asked).toHaveLength(4);
    isCapped = false;
    await handlers['judgements/go-on']({ id }, undefined);
    await run();
    expect((await read(id)).run).not.toHaveProperty('problem');
    expect((await read(id)).run.state).toBe('answered');
    expect(asked).toHaveLength(7);
  });

  it('is gone on with by another worker when one dies in the middle, and asks only what has no answer', async () => {
    const library = await temporaryLibrary();
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const dying = worker(library, ({ request }) => {
      if (request.messages.at(-1)?.content !== questions[1]) return 'An answer.';
      reached();
      return new Promise<string>(() => {});
    });
    const id = await dying.start();
    void dying.run();
    await isReached;
    const next = worker(library);
    await next.run();
    expect((await next.read(id)).run.state).toBe('answered');
    expect(new Set(next.asked.map(({ request }) => request.messages.at(-1)?.content))).toEqual(new Set(questions.slice(1)));
  });

  it('leaves a server that has too much to do alone for as long as it says, and holds on when that does not help', async () => {
    const library = await temporaryLibrary();
    let refusals = 2;
    const { start, run, read, pauses } = worker(library, ({ model }) => {
      if (model === base && refusals-- > 0) throw new ProblemError({ code: 'model-busy', retryAfterMs: 7_000 });
      return 'An answer.';
    });
    const first = await start();
    await run();
    expect((await read(first)).run.state).toBe('answered');
    expect(pauses).toEqual([7_000, 7_000]);
    refusals = Number.POSITIVE_INFINITY;
    const second = await start();
    await run();
    expect(pauses).toHaveLength(6);
    expect((await read(second)).run).toMatchObject({ state: 'answering', problem: { code: 'model-busy' } });
  });

  it('judges an answer that is not well as it is', async () => {
    const library = await temporaryLibrary();
    const { start, run, read, handlers } = worker(library, ({ model }) => (model === base ? '' : 'An answer.'));
    const id = await start();
    await run();
    expect((await read(id)).run.state).toBe('answered');
    const { answers } = await handlers['judgements/pair']({ id, number: 1 }, undefined);
    expect([answers?.a.problem?.code, answers?.b.problem?.code].filter(Boolean)).toEqual(['model-empty']);
  });

  it('stops when it is told to, with the question that is under way', async () => {
    const library = await temporaryLibrary();
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release = (_: string) => {};
    const { start, run, read, handlers, asked } = worker(library, () => {
      reached();
      return new Promise<string>((resolve) => {
        const before = release;
        release = (text) => {
          before(text);
          resolve(text);
        };
      });
    });
    const id = await start();
    const running = run();
    await isReached;
    await handlers['judgements/stop']({ id }, undefined);
    release('Too late.');
    await running;
    expect(await read(id)).toMatchObject({ run: { state: 'stopped' } });
    expect((await read(id)).pairs.some(({ isReady }) => isReady)).toBe(false);
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});

describe('votes', () => {
  it('count until it is revealed whose answers they are, which nothing tells before', async () => {
    const library = await temporaryLibrary();
    const { start, run, read, handlers } = worker(library, ({ model }) => (model === base ? 'Plain.' : 'Sarcastic.'));
    const id = await start();
    const vote = (number: number, which?: 'a' | 'b') =>
      handlers['judgements/vote']({ id, number, ...(which ? { vote: which } : {}) }, undefined);
    // There is nothing to judge yet.
    await vote(1, 'a');
    expect((await read(id)).pairs[0]).not.toHaveProperty('vote');
    await run();
    await vote(1, 'a');
    await vote(2, 'b');
    await vote(3, 'b');
    await vote(3);
    const before = await read(id);
    expect(before.pairs.map((pair) => pair.vote)).toEqual(['a', 'b', undefined]);
    const shown = await Promise.all([1, 2, 3].map((number) => handlers['judgements/pair']({ id, number }, undefined)));
    expect(JSON.stringify([before.pairs, shown])).not.toMatch(/the-base-model|acme|sides/);

    await handlers['judgements/reveal']({ id }, undefined);
    await vote(1, 'b');
    const after = await read(id);
    expect(after.pairs.map((pair) => pair.vote)).toEqual(['a', 'b', undefined]);
    for (const { number, sides } of after.pairs) {
      const { answers } = await handlers['judgements/pair']({ id, number }, undefined);
      expect(answers?.a.text).toBe(sides?.a === 0 ? 'Plain.' : 'Sarcastic.');
      expect(answers?.b.text).toBe(sides?.b === 0 ? 'Plain.' : 'Sarcastic.');
    }
  });

  it('go with their comparison when it is deleted', async () => {
    const library = await temporaryLibrary();
    const { start, run, list, handlers } = worker(library);
    const [one, other] = [await start(), await start()];
    await run();
    await handlers['judgements/delete']({ id: one }, undefined);
    expect((await list()).map(({ id }) => id)).toEqual([other]);
    expect(await library.count('judgements')).toBe(1 + questions.length);
  });

  it('are asked for no more when they come back with a backup, until the person says so', async () => {
    const library = await temporaryLibrary();
    const { start, run, asked } = worker(library);
    const id = await start();
    const begun = await readJudgementRun(library, id);
    const pairs = await readJudgedPairs(library, id);
    await library.clear('judgements');
    for (const record of begun ? [begun, ...pairs] : []) await restoreJudgementRecord(library, record);
    await run();
    expect(asked).toEqual([]);
    expect(await readJudgementRun(library, id)).toMatchObject({ state: 'stopped' });
    expect(await readJudgedPairs(library, id)).toEqual(pairs);
  });
});
