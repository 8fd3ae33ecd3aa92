import type { PageId } from '../../core/pages/page';
import type { Library, StoredPage } from '../schema';

/** Hides pages from now on and has them deleted at a time, unless that is taken back before. Those that are marked already keep their time. */
export async function markDeleted(library: Library, pageIds: readonly PageId[], deleteAt: number): Promise<void> {
  const transaction = library.transaction(['pages', 'deletions'], 'readwrite', { durability: 'strict' });
  const marks = transaction.objectStore('deletions');
  await Promise.all(
    pageIds.map(async (pageId) => {
      const [page, mark] = await Promise.all([transaction.objectStore('pages').getKey(pageId), marks.getKey(pageId)]);
      if (page !== undefined && mark === undefined) await marks.put({ pageId, deleteAt });
    }),
  );
  await transaction.done;
}

/** Shows again what was to be deleted at this time. @returns whether there was anything left to show */
export async function takeBackDeletion(library: Library, deleteAt: number): Promise<boolean> {
  const transaction = library.transaction('deletions', 'readwrite', { durability: 'strict' });
  const pageIds = await transaction.store.index('byDeleteAt').getAllKeys(deleteAt);
  for (const pageId of pageIds) void transaction.store.delete(pageId);
  await transaction.done;
  return pageIds.length > 0;
}

/** Ends the time in which a deletion can be taken back. */
export async function endDeletion(library: Library, deleteAt: number, now: number): Promise<void> {
  const transaction = library.transaction('deletions', 'readwrite', { durability: 'strict' });
  for (const mark of await transaction.store.index('byDeleteAt').getAll(deleteAt))
    void transaction.store.put({ ...mark, deleteAt: Math.min(now, deleteAt) });
  await transaction.done;
}

export async function readDeleted(library: Library): Promise<ReadonlySet<PageId>> {
  return new Set(await library.getAllKeys('deletions'));
}

export async function isDeleted(library: Library, pageId: PageId): Promise<boolean> {
  return (await library.getKey('deletions', pageId)) !== undefined;
}

/**
 * The page of an address, unless it is to be deleted.
 * Both are asked at one moment: between two, a deletion that ends takes the page and its mark away, and the page looks like one that stays.
 * @param address as `core/pages/canonical-url.ts` tidies it
 */
export async function findShownPage(library: Library, address: string): Promise<StoredPage | undefined> {
  const transaction = library.transaction(['pages', 'deletions']);
  const page = await transaction.objectStore('pages').index('byAddress').get(address);
  const mark = page && (await transaction.objectStore('deletions').getKey(page.id));
  return mark === undefined ? page : undefined;
}

/** A page whose time is over; `undefined` when there is none. */
export async function nextDeletedPage(library: Library, now: number): Promise<PageId | undefined> {
  return library.getKeyFromIndex('deletions', 'byDeleteAt', IDBKeyRange.upperBound(now));
}

/** When the next page is to be deleted, in milliseconds since 1970. */
export async function nextDeletionStart(library: Library): Promise<number | undefined> {
  return (await library.getFromIndex('deletions', 'byDeleteAt', IDBKeyRange.lowerBound(0)))?.deleteAt;
}

export interface PendingDeletion {
  readonly deleteAt: number;
  readonly pages: number;
}

/** What can be taken back still, the newest first. */
export async function listPendingDeletions(library: Library, now: number): Promise<PendingDeletion[]> {
  const index = library.transaction('deletions').store.index('byDeleteAt');
  const pending: PendingDeletion[] = [];
  for (let cursor = await index.openKeyCursor(IDBKeyRange.lowerBound(now, true), 'prevunique'); cursor; cursor = await cursor.continue()) {
    pending.push({ deleteAt: cursor.key, pages: await index.count(cursor.key) });
  }
  return pending;
}
