import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { migrations } from '../../src/storage/migrations/migrations';
import { databaseName } from '../../src/storage/schema';

/** What is needed of a connection to fill the stores of an earlier version: they hold what the types of today no longer describe. */
interface EarlierLibrary {
  put(store: string, value: unknown, key?: IDBValidKey): Promise<unknown>;
}

/** Makes a library of version 1, in memory, lets it be filled and closes it: the next to open it upgrades it. */
export function firstLibrary(fill: (first: EarlierLibrary) => Promise<void>): Promise<void> {
  return earlierLibrary(1, fill);
}

/** The same of any version. */
export async function earlierLibrary(version: number, fill: (earlier: EarlierLibrary) => Promise<void>): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  const earlier = await openDB(databaseName, version, {
    async upgrade(database, _from, _to, transaction) {
      for (const migrate of migrations.slice(0, version)) await migrate(database as never, transaction as never);
    },
  });
  await fill({ put: (store, value, key) => earlier.put(store, value, key) });
  earlier.close();
}
