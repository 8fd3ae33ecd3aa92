import type { PageId } from '../core/page';
import type { Library, StoredPage } from './schema';

/** Those of the pages that were saved last, the newest first. */
export async function readNewestPages(library: Library, pageIds: ReadonlySet<PageId>, limit: number): Promise<StoredPage[]> {
  const store = library.transaction('pages').store;
  const oldestFirst = await store.index('bySavedAt').getAllKeys();
  const newest = oldestFirst.filter((pageId) => pageIds.has(pageId)).slice(-limit);
  const pages = await Promise.all(newest.reverse().map((pageId) => store.get(pageId)));
  return pages.filter((page) => page !== undefined);
}
