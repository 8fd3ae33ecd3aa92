import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Passage } from '../core/page';
import type { LibrarySchema } from './schema';
import { storedPassage } from './stored-passage';

/** A step of `migrations.ts`: keeps each passage without the names of its fields, under its id. */
export async function repackPassages(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  const passages = (await transaction.objectStore('passages').getAll()) as unknown as Passage[];
  database.deleteObjectStore('passages');
  const store = database.createObjectStore('passages');
  for (const passage of passages) void store.put(storedPassage(passage), passage.id);
}
