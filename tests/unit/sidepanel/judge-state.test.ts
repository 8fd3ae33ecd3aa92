import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { JudgementId, JudgementRun, Vote } from '../../../src/core/tuning/judging/judgement';
import type { OutlinedPair } from '../../../src/core/tuning/judging/shown-pair';
import { judgementPlanSchema } from '../../../src/protocol/judgement-schema';
import { createClient } from '../../../src/sidepanel/client';
import { createJudgeState } from '../../../src/sidepanel/tune/judge/judge-state';
import { createFakeWorker } from '../../support/fake-worker';

const id = 'run' as JudgementId;
const [one, other] = ['test-chat', 'ft:test-chat:acme:marv:x1'];
const blank = {
  status: 'complete',
  kind: 'written',
  text: 'Yes.',
  sources: [],
  report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
} as const;

/** A comparison of so many questions, of which the first ones have their answers. */
function panel(questions: number, answered: number) {
  const plan = {
    sides: [
      { model: one, withRetrieval: false },
      { model: other, withRetrieval: false },
    ],
    questions: { kind: 'held-out', count: questions },
    seed: 1,
  } as const;
  let run: JudgementRun = { kind: 'run', id, number: 0, createdAt: 1, plan, pairs: questions, state: 'answering' };
  let ready = answered;
  const votes = new Map<number, Vote>();
  const outline = (number: number): OutlinedPair => {
    const vote = votes.get(number);
    return { number, isReady: number <= ready, ...(vote ? { vote } : {}) };
  };
  const worker = createFakeWorker({
    handlers: {
      'judgements/list': async () => [run],
      'judgements/read': async () => ({ run, pairs: Array.from({ length: questions }, (_, index) => outline(index + 1)) }),
      'judgements/pair': async ({ number }) => ({
        ...outline(number),
        question: `Question ${number}`,
        ...(number <= ready ? { answers: { a: blank, b: blank } } : {}),
      }),
      'judgements/vote': async ({ number, vote }) => {
        if (vote) votes.set(number, vote);
        else votes.delete(number);
        return null;
      },
      'judgements/reveal': async () => {
        run = { ...run, isRevealed: true };
        return null;
      },
    },
  });
  const state = createJudgeState(createClient(worker.browser, 'panel'));
  return {
    state,
    votes,
    async answer(count: number) {
      ready = count;
      await state.refresh();
    },
  };
}

async function opened(questions: number, answered: number) {
  const all = panel(questions, answered);
  await all.state.load();
  await all.state.open(id);
  return all;
}

describe('voting', () => {
  it('goes on to the next question that waits for a vote, and round to those that were left out', async () => {
    const { state, votes } = await opened(3, 3);
    expect(state.pair.value?.number).toBe(1);
    await state.show(2);
    await state.vote('b');
    expect(state.pair.value?.number).toBe(3);
    await state.vote('equal');
    expect(state.pair.value?.number).toBe(1);
    expect([...votes]).toEqual([
      [2, 'b'],
      [3, 'equal'],
    ]);
  });

  it('waits where it is when nothing is left, and goes on when the next answers are there', async () => {
    const { state, answer } = await opened(2, 1);
    await state.vote('a');
    expect(state.pair.value).toMatchObject({ number: 1, vote: 'a' });
    await answer(2);
    expect(state.pair.value?.number).toBe(2);
  });

  it('leaves a question that somebody looks at where it is when others are answered', async () => {
    const { state, answer } = await opened(3, 1);
    await state.vote('a');
    await state.show(1);
    await answer(3);
    expect(state.pair.value?.number).toBe(1);
  });

  it('takes a vote back that is given again', async () => {
    const { state, votes } = await opened(2, 2);
    await state.vote('a');
    await state.show(1);
    await state.vote('a');
    expect(votes.size).toBe(0);
    expect(state.pair.value).not.toHaveProperty('vote');
    expect(state.opened.value?.pairs[0]).not.toHaveProperty('vote');
  });

  it('is done once by a key that is pressed twice in one moment', async () => {
    const { state, votes } = await opened(3, 3);
    await Promise.all([state.vote('a'), state.vote('a')]);
    expect([...votes]).toEqual([[1, 'a']]);
    expect(state.pair.value?.number).toBe(2);
  });

  it('is over once all is revealed', async () => {
    const { state, votes } = await opened(2, 2);
    await state.reveal();
    await state.vote('a');
    expect(votes.size).toBe(0);
  });

  it('has to wait for the answers', async () => {
    const { state, votes } = await opened(2, 0);
    await state.show(1);
    await state.vote('a');
    expect(votes.size).toBe(0);
  });
});

describe('what is to be compared', () => {
  it('is two models, or one in two ways, over questions that there are', () => {
    const { state } = panel(1, 0);
    expect(state.plan.value).toBeUndefined();
    state.propose([one, other]);
    expect(state.plan.value).toMatchObject({ sides: [{ model: one }, { model: other }], questions: { kind: 'held-out', count: 20 } });
    state.changeSide(1, { model: one });
    expect(state.plan.value).toBeUndefined();
    state.changeSide(1, { withRetrieval: true });
    expect(state.plan.value).toBeDefined();
    state.change({ kind: 'typed', texts: ' \n' });
    expect(state.plan.value).toBeUndefined();
    state.change({ texts: 'Why?\n\n Since when? ', instructions: ' Be brief. ' });
    expect(state.plan.value?.questions).toEqual({ kind: 'typed', texts: ['Why?', 'Since when?'], instructions: 'Be brief.' });
  });

  it('is no more than can be asked at once, and it is said what of it is too much', () => {
    const { state } = panel(1, 0);
    state.propose([one, other]);
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `Question ${index}?`).join('\n\n');
    state.change({ kind: 'typed', texts: lines(200) });
    expect(state.flaws.value).toEqual({});
    expect(state.plan.value).toBeDefined();
    const longest = 'w'.repeat(20_000);
    for (const [part, flaws] of [
      [{ texts: lines(230) }, { questions: 230 }],
      [{ texts: `Why?\n${longest}h` }, { longQuestion: 2 }],
      [{ texts: longest, instructions: `${longest}h` }, { areInstructionsLong: true }],
    ] as const) {
      state.change(part);
      expect(state.flaws.value).toEqual(flaws);
      expect(state.plan.value).toBeUndefined();
    }
    state.change({ instructions: longest });
    expect(v.is(judgementPlanSchema, state.plan.value)).toBe(true);
    state.change({ kind: 'held-out', instructions: `${longest}h` });
    expect(state.plan.value, 'what was typed is not asked').toBeDefined();
  });
});
