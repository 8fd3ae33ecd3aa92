import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { migrations } from '../../src/storage/migrations';
import { databaseName } from '../../src/storage/schema';

/** What is needed of a connection to fill the stores of the first version: they hold what the types of today no longer describe. */
interface FirstLibrary {
  put(store: string, value: unknown, key?: IDBValidKey): Promise<unknown>;
}

/** Makes a library of version 1, in memory, lets it be filled and closes it: the next to open it upgrades it. */
export async function firstLibrary(fill: (first: FirstLibrary) => Promise<void>): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  const first = await openDB(databaseName, 1, {
    upgrade: (database, _from, _to, transaction) => migrations[0]?.(database as never, transaction as never),
  });
  await fill({ put: (store, value, key) => first.put(store, value, key) });
  first.close();
}
