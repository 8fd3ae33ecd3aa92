import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { type LibrarySchema, noVectorModels, type StoredPage } from '../schema';

/**
 * A step of `migrations.ts`: a page may have vectors of two models, and one model answers questions, the one that most pages have vectors of.
 * Jobs are found in the order of their turn.
 */
export async function addVectorModels(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  const jobs = transaction.objectStore('jobs');
  jobs.createIndex('byTurn', ['kind', 'attempts', 'createdAt']);
  jobs.createIndex('byNotBefore', 'notBefore');
  const vectorModels = database.createObjectStore('vectorModels');

  const pages = transaction.objectStore('pages');
  pages.createIndex('byModel', 'embeddedWith', { multiEntry: true });
  const pagesOf = new Map<string, number>();
  for (let cursor = await pages.openCursor(); cursor; cursor = await cursor.continue()) {
    const page = cursor.value as unknown as Omit<StoredPage, 'embeddedWith'> & { readonly embeddedWith?: string };
    if (page.embeddedWith === undefined) continue;
    pagesOf.set(page.embeddedWith, (pagesOf.get(page.embeddedWith) ?? 0) + 1);
    await cursor.update({ ...page, embeddedWith: [page.embeddedWith] });
  }
  const [mostUsed] = [...pagesOf].sort(([, a], [, b]) => b - a);
  await vectorModels.put(mostUsed ? { ...noVectorModels, indexModel: mostUsed[0] } : noVectorModels, 'library');
}
