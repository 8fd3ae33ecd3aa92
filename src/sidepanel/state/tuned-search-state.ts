import { batch, signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';
import type { TuningStage } from '../../core/retrieval-tuning/tuning-figures';
import type { LibraryEvent } from '../../protocol/library-events';
import type { TunedSearchStatus } from '../../protocol/tuned-search-requests';
import type { Client } from '../client';

export type TunedSearchState = ReturnType<typeof createTunedSearchState>;

export interface TuningProgress {
  readonly stage: TuningStage;
  /** Of the stage. */
  readonly percent: number;
}

/** How far search is tuned to its user, and what came of the last training. */
export function createTunedSearchState(client: Pick<Client, 'send'>) {
  const status = signal<TunedSearchStatus | undefined>();
  /** Absent while nothing is trained, and before the first news of a training. */
  const progress = signal<TuningProgress | undefined>();
  const problem = signal<Problem | undefined>();

  const attempt = async (work: () => Promise<void>) => {
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  const read = async () => {
    const now = await client.send('tuned-search/status', null);
    batch(() => {
      status.value = now;
      if (!now.isTraining) progress.value = undefined;
    });
  };

  return {
    status,
    progress,
    problem,

    load: () => attempt(read),

    /** Reads again what has been read before: the worker may have gone, and a training with it. */
    async refresh() {
      if (status.value) await attempt(read);
    },

    receive(event: LibraryEvent) {
      // While pages are embedded it comes many times a second, and only the first vectors change anything here.
      if (event.type === 'embedding-changed') return status.value && status.value.model === undefined ? read().catch(() => {}) : undefined;
      if (event.type !== 'search-tuning') return undefined;
      const { stage, percent = 0 } = event;
      if (stage) {
        progress.value = { stage, percent };
        return undefined;
      }
      return attempt(read).then(() => {
        if (event.problem) problem.value = event.problem;
      });
    },

    train: () =>
      attempt(async () => {
        if (status.value) status.value = { ...status.value, isTraining: true };
        await client.send('tuned-search/train', null);
      }),

    stop: () => attempt(async () => void (await client.send('tuned-search/stop', null))),

    undo: () =>
      attempt(async () => {
        status.value = await client.send('tuned-search/undo', null);
      }),
  };
}
