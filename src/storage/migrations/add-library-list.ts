import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { LibrarySchema } from '../schema';

/** A step of `migrations.ts`: notes beside what a scope goes by what a list does, and makes room for deletions that can be undone. */
export async function addLibraryList(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  database.createObjectStore('deletions', { keyPath: 'pageId' }).createIndex('byDeleteAt', 'deleteAt');
  const pages = transaction.objectStore('pages');
  for (let cursor = await transaction.objectStore('scopeSlabs').openCursor(); cursor; cursor = await cursor.continue()) {
    const slab = cursor.value;
    const stored = await Promise.all(slab.pageIds.map((id) => pages.get(id)));
    const titles = stored.map((page) => page?.title ?? '');
    await cursor.update({ ...slab, titles, sharesRead: Float32Array.from(stored, (page) => page?.shareRead ?? 1) });
  }
}
