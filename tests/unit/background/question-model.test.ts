import { expect, it } from 'vitest';
import { questionModel } from '../../../src/background/model-access/question-model';
import { ProblemError } from '../../../src/core/problem';
import type { EmbeddingModel } from '../../../src/models/embedding-model';

function setUp(lengths: Record<number, number>) {
  const stored = new Map(Object.entries(lengths).map(([length, count]) => [Number(length), count]));
  let given = 4;
  let failure: ProblemError | undefined;
  const model: EmbeddingModel = {
    key: 'server model',
    name: 'model',
    async embed(texts) {
      if (failure) throw failure;
      return texts.map(() => new Float32Array(given));
    },
  };
  const questions = questionModel({ indexModel: async () => model.key, openModel: async () => model, vectorLengths: async () => stored });
  return {
    questions,
    stored,
    give: (length: number) => {
      given = length;
    },
    fail: (error: ProblemError | undefined) => {
      failure = error;
    },
    ask: async () => (await questions.get())?.embed(['Where?']),
  };
}

it('takes vectors as long as those stored', async () => {
  const { questions, ask } = setUp({ 4: 10 });
  expect(await ask()).toEqual([new Float32Array(4)]);
  expect(await questions.problem('server model')).toBeUndefined();
});

it('says so when the server has another model under the name, until what was stored is gone', async () => {
  const { questions, stored, give, ask } = setUp({ 4: 10 });
  give(6);
  const problem = { code: 'model-vectors-changed', detail: '4 → 6' };
  await expect(ask()).rejects.toMatchObject({ problem });
  expect(await questions.problem('server model')).toEqual(problem);
  expect(await questions.problem('server other')).toBeUndefined();
  stored.clear();
  expect(await questions.problem('server model')).toBeUndefined();
  expect(await ask()).toEqual([new Float32Array(6)]);
});

it('searches by what fits when most does', async () => {
  const { questions, give, ask } = setUp({ 4: 10, 6: 11 });
  give(6);
  await ask();
  expect(await questions.problem('server model')).toBeUndefined();
  give(4);
  await expect(ask()).rejects.toMatchObject({ problem: { code: 'model-vectors-changed', detail: '6 → 4' } });
});

it('remembers any other problem until a question could be embedded', async () => {
  const { questions, fail, ask } = setUp({ 4: 10 });
  fail(new ProblemError({ code: 'model-unreachable' }));
  await expect(ask()).rejects.toThrow('model-unreachable');
  expect(await questions.problem('server model')).toEqual({ code: 'model-unreachable' });
  fail(undefined);
  await ask();
  expect(await questions.problem('server model')).toBeUndefined();
});
