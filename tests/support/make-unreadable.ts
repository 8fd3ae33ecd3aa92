import type { LibraryStore } from '../../src/storage/schema';

/** What fake-indexeddb runs a request with. */
interface Executing {
  _execRequestAsync(request: { operation: () => never; source: IDBObjectStore }): IDBRequest;
}

/**
 * Makes records unreadable until they are replaced or deleted, as they are in Chromium when their file is gone or cut short: the request fails, and so does a
 * transaction that writes, at its end, whatever was done about the failure.
 * @returns sets all right again
 */
export function makeUnreadable(name: LibraryStore, ...keys: readonly IDBValidKey[]): () => void {
  const left = new Map(keys.map((key) => [JSON.stringify(key), key]));
  const prototype = IDBObjectStore.prototype;
  const { get, getAll, delete: remove, put } = prototype;
  const within = (store: IDBObjectStore, query: unknown) =>
    store.name === name
      ? [...left].filter(([text, key]) =>
          query instanceof IDBKeyRange ? query.includes(key) : query === undefined || text === JSON.stringify(query),
        )
      : [];
  const fail = (store: IDBObjectStore): IDBRequest => {
    const { transaction } = store;
    if (transaction.mode === 'readwrite') transaction.commit = () => transaction.abort();
    const operation = () => {
      throw new DOMException('Failed to read large IndexedDB value', 'UnknownError');
    };
    return (transaction as unknown as Executing)._execRequestAsync({ operation, source: store });
  };
  prototype.get = function (query) {
    return within(this, query).length > 0 ? fail(this) : get.call(this, query);
  };
  prototype.getAll = function (...given) {
    return within(this, given[0] ?? undefined).length > 0 ? fail(this) : getAll.apply(this, given);
  };
  prototype.delete = function (query) {
    for (const [text] of within(this, query)) left.delete(text);
    return remove.call(this, query);
  };
  prototype.put = function (value, key) {
    if (this.name === name) left.delete(JSON.stringify(key));
    return key === undefined ? put.call(this, value) : put.call(this, value, key);
  };
  return () => Object.assign(prototype, { get, getAll, delete: remove, put });
}
