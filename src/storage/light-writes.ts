import { type IDBPObjectStore, unwrap, wrap } from 'idb';
import { overlaid } from './overlaid';
import type { LibrarySchema, LibraryStore, WriteTransaction } from './schema';

type WriteStore = IDBPObjectStore<LibrarySchema, LibraryStore[], LibraryStore, 'readwrite'>;

/**
 * A transaction whose writes cost no more than the browser's own. idb makes a promise of each and listens for how it ended; a page writes some fifteen records and
 * waits for none of them. One that fails ends the transaction, and `writeWhole` says why.
 * @param seen is told each value that is put
 */
export function lightWrites(transaction: WriteTransaction, seen: (value: unknown) => void = () => {}): WriteTransaction {
  const stores = new Map<LibraryStore, WriteStore>();
  const lightStore = (name: LibraryStore): WriteStore => {
    const store: WriteStore = transaction.objectStore(name);
    const bare = unwrap(store);
    return overlaid(store, {
      put: (value: unknown, key?: IDBValidKey) => {
        seen(value);
        return whenWaitedFor(bare.put(value, key));
      },
      delete: (key: IDBValidKey | IDBKeyRange) => whenWaitedFor(bare.delete(key)),
    });
  };
  return overlaid(transaction, {
    objectStore: (name: LibraryStore) => {
      const store = stores.get(name) ?? lightStore(name);
      stores.set(name, store);
      return store;
    },
  });
}

/** What idb promises of a request, made only for who waits for it, which has to be at once. */
function whenWaitedFor<Result>(request: IDBRequest<Result>): PromiseLike<Result> {
  // biome-ignore lint/suspicious/noThenProperty: to be waited for is all it is there for.
  return { then: (done, failed) => wrap(request).then(done, failed) };
}
