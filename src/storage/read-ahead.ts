import { overlaid } from './overlaid';
import type { LibraryStore, WriteTransaction } from './schema';

/** Which record of which store. */
export type RecordPlace = readonly [store: LibraryStore, key: string | number];

/**
 * A transaction in which records are asked for at once that are likely to be wanted: what is asked one after the other is waited for as often, and each wait takes longer
 * than all the reading. Whoever gets one of them is given that answer, unless its store was written to since.
 */
export function readAhead(transaction: WriteTransaction, places: readonly RecordPlace[]): WriteTransaction {
  const asked = new Map<LibraryStore, Map<unknown, Promise<unknown>>>();
  for (const [name, key] of places) {
    const answer = transaction.objectStore(name).get(key as never);
    // Whoever gets it hears of it; it may be nobody.
    answer.catch(() => {});
    asked.set(name, (asked.get(name) ?? new Map()).set(key, answer));
  }
  return overlaid(transaction, {
    objectStore: (name: LibraryStore) => {
      const store = transaction.objectStore(name);
      if (!asked.has(name)) return store;
      const write =
        <Given extends unknown[], Result>(method: (...given: Given) => Result) =>
        (...given: Given) => {
          asked.delete(name);
          return method.apply(store, given);
        };
      return overlaid(store, {
        get: (key: never) => asked.get(name)?.get(key) ?? store.get(key),
        put: write(store.put),
        delete: write(store.delete),
        clear: write(store.clear),
      });
    },
  });
}
