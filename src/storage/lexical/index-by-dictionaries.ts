import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { LibrarySchema } from '../schema';

/**
 * A step of `migrations.ts`: gives segments a dictionary in the order of its terms where they had tables by the terms' hashes. The segments there
 * are count as damaged: they are made anew from the stored text as soon as the worker gets to it, and a search says what it could not look at.
 */
export async function indexByDictionaries(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  (database as unknown as IDBDatabase).deleteObjectStore('termTables');
  database.createObjectStore('termDictionaries');
  database.createObjectStore('postingBlocks');
  const segments = transaction.objectStore('segments');
  for (let cursor = await segments.openCursor(); cursor; cursor = await cursor.continue()) {
    const { id, firstPassageId, passageCount, deadCount, unfinished } = cursor.value;
    const kept = {
      id,
      firstPassageId,
      passageCount,
      deadCount,
      bytes: 0,
      stretches: 0,
      blocks: 0,
      languages: {},
      analyzerVersion: 0,
    };
    if (unfinished) await cursor.delete();
    else await cursor.update({ ...kept, damaged: true });
  }
}
