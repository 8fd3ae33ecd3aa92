import { type IDBPObjectStore, type StoreNames, type StoreValue, unwrap } from 'idb';
import type { LibrarySchema } from './schema';

/** Reads single records of a store. */
export interface LightReads<Value> {
  get(key: IDBValidKey | IDBKeyRange): Promise<Value | undefined>;
}

/**
 * Reads records without what idb puts around each request, its listeners and caches: a search makes hundreds of them, in a worker whose code was never run
 * before, and there that takes as long as the reading.
 */
export function lightReads<Stores extends ArrayLike<StoreNames<LibrarySchema>>, Name extends StoreNames<LibrarySchema>>(
  store: IDBPObjectStore<LibrarySchema, Stores, Name, 'readonly'>,
): LightReads<StoreValue<LibrarySchema, Name>> {
  const bare = unwrap(store);
  return {
    get: (key) =>
      new Promise((resolve, reject) => {
        const request = bare.get(key);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      }),
  };
}
