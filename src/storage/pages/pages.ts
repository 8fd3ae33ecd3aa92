import { canonicalUrl } from '../../core/pages/canonical-url';
import type { CapturedPage, PageId, PageVersion, Passage } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import type { Library, StoredPage } from '../schema';
import { passagesOf, readRuns } from './passage-runs';
import { rewritePage } from './rewrite-page';
import { withStoredMarks } from './with-stored-marks';

/** Saved pages, the newest first. */
export async function listPages(library: Library): Promise<StoredPage[]> {
  const pages = await library.getAllFromIndex('pages', 'bySavedAt');
  return pages.reverse();
}

/** The page that a capture is of, by the address it is filed under or by the one it was read at. */
export async function findSavedPage(library: Library, capture: CapturedPage): Promise<StoredPage | undefined> {
  const { store } = library.transaction('pages');
  const [filed, read] = await Promise.all([
    store.index('byCanonicalUrl').get(capture.canonicalUrl),
    store.index('byAddress').get(canonicalUrl(capture.url)),
  ]);
  return filed ?? read;
}

/** @param address as `core/pages/canonical-url.ts` tidies it */
export function findPageByAddress(library: Library, address: string): Promise<StoredPage | undefined> {
  return library.getFromIndex('pages', 'byAddress', address);
}

/** Writes back what is known of a page but for what the person has marked it with and the models it has vectors of; its text and its place in the index stay. */
export function touchPage(library: Library, { embeddedWith: _, ...page }: StoredPage): Promise<void> {
  return rewritePage(library, page.id, (stored) => {
    const { embeddedWith } = stored;
    return { ...withStoredMarks(page, stored), ...(embeddedWith ? { embeddedWith } : {}) };
  });
}

/**
 * A page with one version of its text, the current one unless told otherwise.
 * @throws ProblemError `not-found`
 */
export async function readPage(library: Library, pageId: PageId, version?: number): Promise<{ page: StoredPage; version: PageVersion }> {
  const page = await library.get('pages', pageId);
  const text = page && (await library.get('versions', [pageId, version ?? page.version]));
  if (!page || !text) throw new ProblemError({ code: 'not-found' });
  return { page, version: text };
}

/** All versions of a page, the oldest first. */
export function listVersions(library: Library, pageId: PageId): Promise<PageVersion[]> {
  return library.getAll('versions', IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER]));
}

/** The passages of a page's current version, in order. */
export async function readPassages(library: Library, pageId: PageId): Promise<Passage[]> {
  const transaction = library.transaction(['indexedPages', 'passageRuns']);
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  if (!indexed || indexed.passageCount === 0) return [];
  const { firstPassageId, passageCount } = indexed;
  const runs = await readRuns(transaction.objectStore('passageRuns'), firstPassageId, firstPassageId + passageCount - 1);
  return runs.flatMap(passagesOf);
}
