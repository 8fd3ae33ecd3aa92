import { databaseName } from '../../src/storage/schema';
import { firstLibrary } from './first-library';

/** What the stores of a database are, without what is in them. */
export interface StoreDescription {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
    readonly multiEntry: boolean;
  }[];
}

/** The stores of a library of version 1, as its migration makes them. */
export async function describeFirstLibrary(): Promise<StoreDescription[]> {
  await firstLibrary(async () => {});
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(databaseName);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names);
  const described = names.map((name) => {
    const store = transaction.objectStore(name);
    const indexes = [...store.indexNames].map((index) => {
      const { name: indexName, keyPath, unique, multiEntry } = store.index(index);
      return { name: indexName, keyPath, unique, multiEntry };
    });
    return { name, keyPath: store.keyPath, indexes };
  });
  database.close();
  return described;
}
