import type { PageId } from '../core/page';
import type { Library, StoredPage } from './schema';
import { putScopeEntry } from './scope-slabs';

const stores = ['pages', 'indexedPages', 'scopeSlabs'] as const;

/** Writes a page anew as it is made from what is stored; its text and its place in the index stay. Nothing happens if the page has gone. */
export async function rewritePage(library: Library, pageId: PageId, change: (stored: StoredPage) => StoredPage): Promise<void> {
  const transaction = library.transaction([...stores], 'readwrite');
  const stored = await transaction.objectStore('pages').get(pageId);
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  if (stored) {
    const page = change(stored);
    void transaction.objectStore('pages').put(page);
    if (indexed) await putScopeEntry(transaction, page, indexed);
  }
  await transaction.done;
}
