import { signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import { modelsOfJob, type TrainedModel } from '../../core/tuning/training/model-lineage';
import { hasEnded, type TuningCheckpoint, type TuningJob, type TuningJobId } from '../../core/tuning/training/tuning-job';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client } from '../client';

export type TrainedModelsState = ReturnType<typeof createTrainedModelsState>;

/** The models that were trained from here, so that wherever one is chosen it can be said where it is from. */
export function createTrainedModelsState(client: Pick<Client, 'send'>) {
  /** Of the newest job first. */
  const trained = signal<readonly TrainedModel[]>([]);
  /** Of jobs that have ended, and change no more. */
  const known = new Map<TuningJobId, readonly TuningCheckpoint[]>();
  let isWanted = false;

  const checkpointsOf = async ({ id, state }: TuningJob) => {
    if (!hasEnded(state)) return [];
    const kept = known.get(id) ?? (await client.send('tuning-jobs/read', { id })).course.checkpoints;
    known.set(id, kept);
    return kept;
  };

  const read = newestOnly(async () => {
    const jobs = await client.send('tuning-jobs/list', null);
    const models = await Promise.all(jobs.map(async (job) => modelsOfJob(job, await checkpointsOf(job))));
    trained.value = models.flat();
  });
  // A model whose job cannot be read is shown by its name alone.
  const refresh = () => read(undefined).catch(() => {});

  return {
    trained,
    /** Reads them the first time that somebody is to choose a model. */
    async load() {
      if (isWanted) return;
      isWanted = true;
      await refresh();
    },
    receive(event: LibraryEvent) {
      if (event.type === 'tuning-jobs-changed' && isWanted) void refresh();
    },
    /** After the worker has gone: events may have been missed. */
    refresh: () => (isWanted ? refresh() : undefined),
  };
}
