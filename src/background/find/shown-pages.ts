import type { PageId } from '../../core/pages/page';
import { RecentMap } from '../../core/recent-map';
import { lightReads } from '../../storage/light-reads';
import { perLibrary } from '../../storage/per-library';
import type { Library, StoredPage } from '../../storage/schema';

/** What is shown of a page: neither its other addresses nor what only the worker has a use for, since each letter's answer is copied to the panel. */
export type ShownPage = Omit<StoredPage, 'addresses' | 'sketch' | 'embeddedWith'>;

/** As many as a dozen words bring up while they are typed; half a megabyte or so. */
const mostRemembered = 1_000;

const keptOf = perLibrary(() => ({ current: remember(-1) }));

function remember(revision: number) {
  return { revision, pages: new RecentMap<PageId, ShownPage>(mostRemembered) };
}

/**
 * Reads pages, in the order of their ids; `undefined` for those that went away. They are remembered as long as `LibraryTotals.listRevision` is the same, for that is
 * raised when a page gets another name, note or tag, and when one goes.
 */
export async function readShownPages(library: Library, pageIds: readonly PageId[]): Promise<(ShownPage | undefined)[]> {
  const kept = keptOf(library);
  const before = kept.current;
  const known = pageIds.map((pageId) => before.pages.get(pageId));
  const transaction = library.transaction(['totals', 'pages']);
  const store = lightReads(transaction.objectStore('pages'));
  const read = async (pageId: PageId) => {
    const stored = await store.get(pageId);
    if (!stored) return undefined;
    const { addresses: _, sketch: _sketch, embeddedWith: _models, ...page } = stored;
    return page;
  };
  const missing = pageIds.map((pageId, place) => (known[place] ? undefined : read(pageId)));
  const revision = (await lightReads(transaction.objectStore('totals')).get('library'))?.listRevision ?? 0;
  const areTrue = before.revision === revision;
  const pages = await Promise.all(pageIds.map((pageId, place) => missing[place] ?? (areTrue ? known[place] : read(pageId))));
  const now = areTrue ? before : remember(revision);
  for (const page of pages) if (page) now.pages.set(page.id, page);
  kept.current = now;
  return pages;
}
