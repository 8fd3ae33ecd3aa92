import type { PageId } from '../../core/pages/page';
import type { Library, StoredPage } from '../schema';

/** The pages, those that were saved last first. */
export async function newestFirst(library: Library, pageIds: ReadonlySet<PageId>): Promise<PageId[]> {
  const oldestFirst = await library.getAllKeysFromIndex('pages', 'bySavedAt');
  return oldestFirst.filter((pageId) => pageIds.has(pageId)).reverse();
}

/** In the order of their ids; those that went away are left out. */
export async function readPages(library: Library, pageIds: readonly PageId[]): Promise<StoredPage[]> {
  const { store } = library.transaction('pages');
  const pages = await Promise.all(pageIds.map((pageId) => store.get(pageId)));
  return pages.filter((page) => page !== undefined);
}
