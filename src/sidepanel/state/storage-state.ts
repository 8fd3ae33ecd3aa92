import { signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';
import type { StorageView } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type StorageState = ReturnType<typeof createStorageState>;

export interface StorageKeeper extends Pick<StorageManager, 'persist' | 'persisted'> {
  /** Whether what is stored is spared in any case, by a permission of the extension. */
  readonly isSpared: () => Promise<boolean>;
}

/** What the library takes, and whether the browser promises to keep it. */
export function createStorageState(client: Pick<Client, 'send'>, keeper: StorageKeeper) {
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
        isKept.value = (await keeper.persisted()) || (await keeper.isSpared());
        view.value = await client.send('storage/read', null);
        problem.value = undefined;
      } catch (error) {
        problem.value = problemOf(error);
      }
    },

    /** Has the browser promise not to delete the library when it is short of room. Some browsers ask the person. */
    async keep() {
      if (isKept.value) return;
      const isPromised = (await keeper.persisted()) || (await keeper.persist());
      isKept.value = isPromised || (await keeper.isSpared());
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
