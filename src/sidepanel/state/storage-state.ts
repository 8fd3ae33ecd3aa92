import { signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';
import type { StorageView } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type StorageState = ReturnType<typeof createStorageState>;

/** What the library takes, and whether the browser promises to keep it. */
export function createStorageState(client: Pick<Client, 'send'>, manager: Pick<StorageManager, 'persist' | 'persisted'>) {
  const view = signal<StorageView | undefined>();
  /** Absent until the browser has been asked. */
  const isKept = signal<boolean | undefined>();
  const problem = signal<Problem | undefined>();

  return {
    view,
    isKept,
    problem,

    async load() {
      try {
        isKept.value = await manager.persisted();
        view.value = await client.send('storage/read', null);
        problem.value = undefined;
      } catch (error) {
        problem.value = problemOf(error);
      }
    },

    /** Has the browser promise not to delete the library when it is short of room. Some browsers ask the person. */
    async keep() {
      if (isKept.value) return;
      isKept.value = (await manager.persisted()) || (await manager.persist());
    },

    async startAnew() {
      try {
        await client.send('storage/start-anew', null);
        problem.value = undefined;
      } catch (error) {
        problem.value = problemOf(error);
      }
    },
  };
}
