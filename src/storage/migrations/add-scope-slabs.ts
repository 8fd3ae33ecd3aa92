import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { putScopeEntry } from '../pages/scope-slabs';
import type { LibrarySchema } from '../schema';

/** A step of `migrations.ts`: keeps what a scope goes by where it is read at once. */
export async function addScopeSlabs(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  database.createObjectStore('scopeSlabs');
  for (const indexed of await transaction.objectStore('indexedPages').getAll()) {
    const page = await transaction.objectStore('pages').get(indexed.pageId);
    // The transaction of an upgrade can do all that one for writing can.
    if (page) await putScopeEntry(transaction as never, page, indexed);
  }
}
