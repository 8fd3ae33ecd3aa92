import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { PassageSpan } from '../../core/pages/split-passages';
import type { SecondPassage } from '../migrations/repack-passages';
import type { IndexedPage, LibrarySchema, WriteTransaction } from '../schema';
import { putPassages } from './passage-runs';

/** So many at once need little memory, however large the library is, and wait for each other seldom. */
const pagesAtOnce = 200;

/** A step of `migrations.ts`: keeps the passages of a page together. */
export async function gatherPassages(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  database.createObjectStore('passageRuns');
  const before = (transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>).objectStore('passages');
  const gather = async ({ pageId, firstPassageId, passageCount }: IndexedPage) => {
    if (passageCount === 0) return;
    const range = IDBKeyRange.bound(firstPassageId, firstPassageId + passageCount - 1);
    const passages = (await before.getAll(range)) as SecondPassage[];
    // All passages of a page are of one version.
    const version = passages[0]?.[1] ?? 1;
    // The transaction of an upgrade can do all that one for writing can.
    putPassages(transaction as unknown as WriteTransaction, { pageId, version }, firstPassageId, passages.map(spanOf));
  };
  const pages = await transaction.objectStore('indexedPages').getAll();
  for (let done = 0; done < pages.length; done += pagesAtOnce) await Promise.all(pages.slice(done, done + pagesAtOnce).map(gather));
  (database as unknown as IDBPDatabase).deleteObjectStore('passages');
}

function spanOf([, , start, end, headingPath, startsInCode]: SecondPassage): PassageSpan {
  return { start, end, headingPath: headingPath ?? [], ...(startsInCode ? { startsInCode } : {}) };
}
