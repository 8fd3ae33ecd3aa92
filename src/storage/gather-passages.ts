import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { PassageId } from '../core/page';
import type { PassageSpan } from '../core/split-passages';
import { putPassages } from './passage-runs';
import type { SecondPassage } from './repack-passages';
import type { LibrarySchema, WriteTransaction } from './schema';

/** A step of `migrations.ts`: keeps the passages of a page together, page by page, so that a large library needs little memory. */
export async function gatherPassages(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  database.createObjectStore('passageRuns');
  const before = (transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>).objectStore('passages');
  const pages = await transaction.objectStore('indexedPages').getAll();
  for (const { pageId, firstPassageId, passageCount } of pages) {
    if (passageCount === 0) continue;
    const range = IDBKeyRange.bound(firstPassageId, firstPassageId + passageCount - 1);
    const passages = (await before.getAll(range)) as SecondPassage[];
    const spans = passages.map(
      ([, , start, end, headingPath, startsInCode]): PassageSpan => ({
        start,
        end,
        headingPath: headingPath ?? [],
        ...(startsInCode ? { startsInCode } : {}),
      }),
    );
    // All passages of a page are of one version.
    const version = passages[0]?.[1] ?? 1;
    // The transaction of an upgrade can do all that one for writing can.
    putPassages(transaction as unknown as WriteTransaction, { pageId, version }, firstPassageId as PassageId, spans);
  }
  (database as unknown as IDBPDatabase).deleteObjectStore('passages');
}
