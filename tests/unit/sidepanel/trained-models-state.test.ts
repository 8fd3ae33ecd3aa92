import { expect, it } from 'vitest';
import type { TuningJob, TuningJobId } from '../../../src/core/tuning/training/tuning-job';
import { createClient } from '../../../src/sidepanel/client';
import { createTrainedModelsState } from '../../../src/sidepanel/state/trained-models-state';
import { createFakeWorker } from '../../support/fake-worker';
import { tuningJob } from '../../support/tuning-job';

const id = (name: string) => name as TuningJobId;

function panel(jobs: readonly TuningJob[]) {
  const reads: TuningJobId[] = [];
  const { browser } = createFakeWorker({
    handlers: {
      'tuning-jobs/list': async () => jobs,
      'tuning-jobs/read': async ({ id: read }) => {
        reads.push(read);
        const job = jobs.find((one) => one.id === read);
        if (!job) throw new Error('no such job');
        return { job, course: { events: [], metrics: [], checkpoints: [{ model: `${read}:ckpt-step-40`, step: 40 }] } };
      },
    },
  });
  return { reads, state: createTrainedModelsState(createClient(browser, 'panel')) };
}

const jobs = [
  tuningJob(id('going'), { state: 'running' }),
  tuningJob(id('new'), { state: 'succeeded', tunedModel: 'ft:new' }),
  tuningJob(id('old'), { state: 'succeeded', tunedModel: 'ft:old' }),
];

it('knows the outcome and the checkpoints of each job that has ended, and reads a course once', async () => {
  const { state, reads } = panel(jobs);
  await state.load();
  expect(state.trained.value.map(({ model, step, job }) => [job.id, model, step])).toEqual([
    ['new', 'ft:new', undefined],
    ['new', 'new:ckpt-step-40', 40],
    ['old', 'ft:old', undefined],
    ['old', 'old:ckpt-step-40', 40],
  ]);
  await state.load();
  await state.refresh();
  expect(reads).toEqual(['new', 'old']);
});

it('asks for nothing before somebody is to choose a model', async () => {
  const { state, reads } = panel(jobs);
  state.receive({ type: 'tuning-jobs-changed' });
  await state.refresh();
  expect(reads).toEqual([]);
  expect(state.trained.value).toEqual([]);
});
