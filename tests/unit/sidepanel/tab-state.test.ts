import { expect, it } from 'vitest';
import type { IngestProgress, JobId } from '../../../src/core/pages/job';
import type { PageId } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import type { TabStatus } from '../../../src/protocol/worker-requests';
import { createClient } from '../../../src/sidepanel/client';
import { createTabState } from '../../../src/sidepanel/state/tab-state';
import { createFakeWorker, type FakeHandlers } from '../../support/fake-worker';

const progress: IngestProgress = {
  jobId: 'j' as JobId,
  pageId: 'p' as PageId,
  canonicalUrl: 'https://example.org/',
  title: 'Example',
  step: 'received',
  percent: 20,
};

const createState = (handlers: FakeHandlers) => createTabState(createClient(createFakeWorker({ handlers }).browser));

it('shows the tab in front even if the one before answers later', async () => {
  const answers = new Map<number, (status: TabStatus) => void>();
  const state = createState({ 'tab/status': ({ tabId }) => new Promise((resolve) => answers.set(tabId, resolve)) });
  const first = state.show(1);
  const second = state.show(2);
  answers.get(2)?.({ tabId: 2, title: 'Second' });
  await second;
  answers.get(1)?.({ tabId: 1, title: 'First' });
  await first;
  expect(state.status.value).toEqual({ tabId: 2, title: 'Second' });
});

it('shows what was answered to its last question, whatever is answered later to an earlier one', async () => {
  const answers: ((status: TabStatus) => void)[] = [];
  const state = createState({ 'tab/status': () => new Promise((resolve) => answers.push(resolve)) });
  const first = state.show(1);
  const second = state.refresh();
  answers[1]?.({ tabId: 1, title: 'As it is' });
  await second;
  answers[0]?.({ tabId: 1, title: 'As it was' });
  await first;
  expect(state.status.value).toEqual({ tabId: 1, title: 'As it is' });
});

it('follows its page into the library, and no other', async () => {
  let status: TabStatus = { tabId: 1 };
  const state = createState({
    'tab/status': async () => status,
    'tab/save': async () => {
      status = { tabId: 1, progress };
      return progress;
    },
  });
  await state.show(1);
  await state.save();
  await state.receive({ type: 'ingest-progress', progress: { ...progress, step: 'indexing', percent: 90 } });
  await state.receive({ type: 'ingest-progress', progress: { ...progress, jobId: 'other' as JobId, percent: 5 } });
  expect(state.status.value?.progress).toMatchObject({ step: 'indexing', percent: 90 });
});

it('never shows a page to be less far than it was told already', async () => {
  const answers: ((status: TabStatus) => void)[] = [];
  let saved = (_: IngestProgress) => {};
  const state = createState({
    'tab/status': () => new Promise((resolve) => answers.push(resolve)),
    'tab/save': () =>
      new Promise((resolve) => {
        saved = resolve;
      }),
  });
  const answer = async (place: number, status: TabStatus) => {
    await expect.poll(() => answers.length).toBeGreaterThan(place);
    answers[place]?.(status);
  };
  const shown = state.show(1);
  await answer(0, { tabId: 1 });
  await shown;
  const saving = state.save();
  const told = state.receive({ type: 'library-changed' });
  await answer(1, { tabId: 1, progress: { ...progress, percent: 50 } });
  await told;
  saved(progress);
  await expect.poll(() => answers.length).toBe(3);
  expect(state.status.value?.progress?.percent, 'the answer to the click').toBe(50);
  await state.receive({ type: 'ingest-progress', progress: { ...progress, percent: 90 } });
  await answer(2, { tabId: 1, progress: { ...progress, percent: 20 } });
  await saving;
  expect(state.status.value?.progress?.percent, 'the answer to a question from before').toBe(90);
});

it('shows no page to be less far than it was told, though less is stored of that', async () => {
  let status: TabStatus = { tabId: 1, progress };
  const state = createState({ 'tab/status': async () => status });
  await state.show(1);
  await state.receive({ type: 'ingest-progress', progress: { ...progress, step: 'indexing', percent: 90 } });
  await state.receive({ type: 'library-changed' });
  expect(state.status.value?.progress?.percent).toBe(90);
  const problem = { code: 'storage-full' } as const;
  status = { tabId: 1, progress: { ...progress, problem } };
  await state.receive({ type: 'library-changed' });
  expect(state.status.value?.progress?.problem, 'it has failed since').toEqual(problem);
  status = { tabId: 1, progress };
  await state.receive({ type: 'library-changed' });
  expect(state.status.value?.progress, 'it is tried again').toEqual(progress);
});

it('says why a page could not be read, and can try again', async () => {
  let refuses = true;
  const state = createState({
    'tab/status': async ({ tabId }) => ({ tabId }),
    'tab/save': async () => {
      if (refuses) throw new ProblemError({ code: 'page-empty' });
      return progress;
    },
  });
  await state.show(1);
  await state.save();
  expect(state.problem.value).toEqual({ code: 'page-empty' });
  expect(state.reading.value).toBe(false);
  refuses = false;
  await state.save();
  expect(state.problem.value).toBeUndefined();
});

it('looks again when the person opens the tab to the extension', async () => {
  let status: TabStatus = { tabId: 1, refusal: { code: 'page-not-granted' } };
  const state = createState({ 'tab/status': async () => status });
  await state.show(1);
  status = { tabId: 1, url: 'https://example.org/', title: 'Example' };
  await state.receive({ type: 'tab-granted', tabId: 1 });
  expect(state.status.value).toEqual(status);
});
