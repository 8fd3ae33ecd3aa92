import type { PageId } from '../../core/pages/page';
import { emptyTotals, type Library, type StoredPage, type WriteTransaction } from '../schema';
import { putScopeEntry } from './scope-slabs';

const stores = ['pages', 'indexedPages', 'scopeSlabs', 'totals'] as const;

/** Writes a page anew as it is made from what is stored; its text and its place in the index stay. Nothing happens if the page has gone. */
export function rewritePage(library: Library, pageId: PageId, change: (stored: StoredPage) => StoredPage): Promise<void> {
  return rewritePages(library, [pageId], change);
}

/** The same for several, all or none of them. */
export async function rewritePages(
  library: Library,
  pageIds: readonly PageId[],
  change: (stored: StoredPage) => StoredPage,
): Promise<void> {
  const transaction = library.transaction([...stores], 'readwrite');
  for (const pageId of pageIds) await rewritePageWithin(transaction as unknown as WriteTransaction, pageId, change);
  await transaction.done;
}

/** The same as `rewritePage` does, as part of a larger transaction. */
export async function rewritePageWithin(
  transaction: WriteTransaction,
  pageId: PageId,
  change: (stored: StoredPage) => StoredPage,
): Promise<void> {
  const stored = await transaction.objectStore('pages').get(pageId);
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  if (!stored) return;
  const page = change(stored);
  void transaction.objectStore('pages').put(page);
  if (!indexed) return;
  await putScopeEntry(transaction, page, indexed);
  const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
  void transaction.objectStore('totals').put({ ...totals, listRevision: (totals.listRevision ?? 0) + 1 }, 'library');
}
