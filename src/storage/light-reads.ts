import { type IDBPObjectStore, type StoreKey, type StoreNames, type StoreValue, unwrap } from 'idb';
import type { LibrarySchema } from './schema';

/** Reads records of a store. One that cannot be read counts as damaged: as though it were not there. */
export interface LightReads<Value, Key = IDBValidKey> {
  get(key: IDBValidKey | IDBKeyRange): Promise<Value | undefined>;
  getAllKeys(range: IDBKeyRange): Promise<Key[]>;
  /** In the order of their keys, `undefined` in the place of one that cannot be read. */
  getAll(range: IDBKeyRange): Promise<(Value | undefined)[]>;
}

/** How browsers fail to read a record whose file is gone or cut short. */
const unreadable = ['UnknownError', 'DataError', 'NotReadableError'];

/**
 * Reads records without what idb puts around each request, its listeners and caches: a search makes hundreds of them, in a worker whose code was never run
 * before, and there that takes as long as the reading. Only for transactions that read: one that also writes is taken back by Chromium once a record in it
 * could not be read, whatever is done about it.
 */
export function lightReads<Stores extends ArrayLike<StoreNames<LibrarySchema>>, Name extends StoreNames<LibrarySchema>>(
  store: IDBPObjectStore<LibrarySchema, Stores, Name, 'readonly'>,
): LightReads<StoreValue<LibrarySchema, Name>, StoreKey<LibrarySchema, Name>> {
  const bare = unwrap(store);
  const answer = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value | undefined>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        if (!unreadable.includes(request.error?.name ?? '')) return reject(request.error);
        // Else the transaction ends at once, and with it all that is still to be read; so it ends only after that, and nobody waits for its end.
        event.preventDefault();
        event.stopPropagation();
        store.transaction.done.catch(() => {});
        resolve(undefined);
      };
    });
  const getAllKeys = async (range: IDBKeyRange) => ((await answer(bare.getAllKeys(range))) ?? []) as StoreKey<LibrarySchema, Name>[];
  const get = (key: IDBValidKey | IDBKeyRange) => answer<StoreValue<LibrarySchema, Name> | undefined>(bare.get(key));
  return {
    get,
    getAllKeys,
    getAll: async (range) => (await answer(bare.getAll(range))) ?? Promise.all((await getAllKeys(range)).map((key) => get(key))),
  };
}
