import { expect, test } from 'vitest';
import type { TunedSearchStatus } from '../../../src/protocol/tuned-search-requests';
import { createTunedSearchState } from '../../../src/sidepanel/state/tuned-search-state';

/** A worker that gives these statuses, one after the other and the last one again. */
function stateOver(...statuses: readonly TunedSearchStatus[]) {
  const asked: string[] = [];
  const send = async (name: string) => {
    asked.push(name);
    if (name !== 'tuned-search/status' && name !== 'tuned-search/undo') return null;
    const reads = asked.filter((one) => one === 'tuned-search/status' || one === 'tuned-search/undo').length;
    return statuses[Math.min(reads, statuses.length) - 1];
  };
  return { asked, state: createTunedSearchState({ send: send as Parameters<typeof createTunedSearchState>[0]['send'] }) };
}

const ready: TunedSearchStatus = { model: 'model', questions: 100, fewest: 80, isTraining: false };

test('shows a training from the click on, how far it is, and what came of it', async () => {
  const last = {
    at: 1,
    questions: { train: 55, choose: 20, check: 25 },
    before: 0.5,
    after: 0.6,
    low: 0.02,
    high: 0.2,
    outcome: 'kept',
  } as const;
  const { asked, state } = stateOver(ready, { ...ready, last, used: last });
  await state.load();
  await state.train();
  expect(asked).toContain('tuned-search/train');
  expect(state.status.value?.isTraining).toBe(true);
  await state.receive({ type: 'search-tuning', stage: 'training', percent: 40 });
  expect(state.progress.value).toEqual({ stage: 'training', percent: 40 });
  await state.receive({ type: 'search-tuning' });
  expect(state.progress.value).toBeUndefined();
  expect(state.status.value).toMatchObject({ isTraining: false, used: last });
});

test('a training that went with its worker is no longer shown once the panel has another', async () => {
  const { state } = stateOver(ready);
  await state.load();
  await state.train();
  await state.receive({ type: 'search-tuning', stage: 'finding', percent: 3 });
  await state.refresh();
  expect(state.status.value?.isTraining).toBe(false);
  expect(state.progress.value).toBeUndefined();
});

test('says what kept a training from its end', async () => {
  const { state } = stateOver(ready);
  await state.load();
  await state.receive({ type: 'search-tuning', problem: { code: 'tuning-too-few' } });
  expect(state.problem.value).toEqual({ code: 'tuning-too-few' });
});

test('does not read all questions again for each page that is embedded', async () => {
  const { asked, state } = stateOver(ready);
  await state.load();
  for (let page = 0; page < 20; page++) await state.receive({ type: 'embedding-changed' });
  expect(asked).toEqual(['tuned-search/status']);
});
