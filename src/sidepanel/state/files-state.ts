import { signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';
import type { Client } from '../client';

/** A file on its way to the worker, or one that it did not take. */
export interface AddedFile {
  readonly key: number;
  readonly name: string;
  readonly problem?: Problem;
}

export type FilesState = ReturnType<typeof createFilesState>;

/** The files that a person drops or chooses, until each is a job of the library's queue. */
export function createFilesState(client: Pick<Client, 'addFile'>) {
  const files = signal<readonly AddedFile[]>([]);
  let nextKey = 1;
  let lastAdded = Promise.resolve();

  const remove = (key: number) => {
    files.value = files.value.filter((file) => file.key !== key);
  };

  const add = async (key: number, file: File) => {
    try {
      await client.addFile(file);
      remove(key);
    } catch (error) {
      files.value = files.value.map((one) => (one.key === key ? { ...one, problem: problemOf(error) } : one));
    }
  };

  return {
    files,
    dismiss: remove,

    /** One after the other: each is in memory while it is stored. */
    add(added: readonly File[]): Promise<void> {
      for (const file of added) {
        const key = nextKey++;
        files.value = [...files.value, { key, name: file.name }];
        lastAdded = lastAdded.then(() => add(key, file));
      }
      return lastAdded;
    },
  };
}
