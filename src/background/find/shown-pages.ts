import type { PageId } from '../../core/pages/page';
import { RecentMap } from '../../core/recent-map';
import { perLibrary } from '../../storage/per-library';
import type { Library, StoredPage } from '../../storage/schema';
import { shownStores } from './shown-stores';

/** What is shown of a page: neither its other addresses nor what only the worker has a use for, since each letter's answer is copied to the panel. */
export type ShownPage = Omit<StoredPage, 'addresses' | 'sketch' | 'embeddedWith'>;

/** As many as a dozen words bring up while they are typed; half a megabyte or so. */
const mostRemembered = 1_000;

const keptOf = perLibrary(() => ({ current: remember(-1) }));

function remember(revision: number) {
  return { revision, pages: new RecentMap<PageId, ShownPage>(mostRemembered) };
}

/**
 * Reads pages, in the order of their ids; `undefined` for those that went away. They are remembered from one letter to the next.
 * @param revision `LibraryTotals.listRevision` a moment ago: as long as it is the same, no page has got another name, note or tag, and none has gone
 */
export async function readShownPages(
  library: Library,
  revision: number,
  pageIds: readonly PageId[],
  stores = shownStores(library),
): Promise<(ShownPage | undefined)[]> {
  const kept = keptOf(library);
  if (kept.current.revision !== revision) kept.current = remember(revision);
  const { pages } = kept.current;
  return Promise.all(
    pageIds.map(async (pageId) => {
      const known = pages.get(pageId);
      if (known) return known;
      const stored = await stores().pages.get(pageId);
      if (!stored) return undefined;
      const { addresses: _, sketch: _sketch, embeddedWith: _models, ...page } = stored;
      pages.set(pageId, page);
      return page;
    }),
  );
}
