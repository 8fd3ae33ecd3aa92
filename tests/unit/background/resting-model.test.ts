import { expect, it } from 'vitest';
import { restingModel } from '../../../src/background/model-access/resting-model';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';

function failingModel(code: ProblemCode) {
  const state = { calls: 0, now: 0 };
  const source = async () => ({
    key: 'model',
    name: 'model',
    async embed(): Promise<Float32Array[]> {
      state.calls += 1;
      throw new ProblemError({ code });
    },
  });
  const resting = restingModel(source, () => state.now);
  const embed = async () => (await resting.get())?.embed(['x']).catch((error: ProblemError) => error.problem.code);
  return { state, resting, embed };
}

it('a server that is silent is not asked again until a while has passed', async () => {
  const { state, embed } = failingModel('model-silent');
  expect(await embed()).toBe('model-silent');
  expect(await embed()).toBe('model-silent');
  expect(state.calls).toBe(1);
  state.now = 30_000;
  await embed();
  expect(state.calls).toBe(2);
});

it('is asked again at once when the person wants it', async () => {
  const { state, resting, embed } = failingModel('model-unreachable');
  await embed();
  resting.wake();
  await embed();
  expect(state.calls).toBe(2);
});

it('what only the person can mend is no reason to rest', async () => {
  const { state, embed } = failingModel('model-key-refused');
  await embed();
  await embed();
  expect(state.calls).toBe(2);
});
