import { countFacets, filterPages, isFiltered, type ListedEntry, type PageFilter, type PageSort } from '../core/pages/choose-pages';
import type { PageId } from '../core/pages/page';
import type { LibraryFacets, ListedPage, PageList } from '../protocol/worker-requests';
import { listJobs } from '../storage/pages/jobs';
import { readPages } from '../storage/pages/newest-pages';
import type { ReadOrdered } from '../storage/pages/ordered-pages';
import type { Library } from '../storage/schema';

/** More are found by typing: a longer menu helps nobody. */
const mostFacets = 300;

export interface ListWanted {
  readonly filter: PageFilter;
  readonly sort: PageSort;
}

/**
 * The pages that a filter leaves, in order.
 * @param modelKey of the embedding model that is set, if one is
 */
export async function chooseFromLibrary(
  library: Library,
  readOrdered: ReadOrdered,
  { filter, sort }: ListWanted,
  modelKey: string | undefined,
) {
  const [entries, isOfStatus] = await Promise.all([readOrdered(library, sort), statusOf(library, filter.status, modelKey)]);
  return isFiltered(filter) ? filterPages(entries, filter, isOfStatus) : entries;
}

async function statusOf(
  library: Library,
  status: PageFilter['status'],
  modelKey: string | undefined,
): Promise<(entry: ListedEntry) => boolean> {
  if (status === 'saving' || status === 'failed') {
    const jobs = (await listJobs(library)).filter(({ problem }) => (problem !== undefined) === (status === 'failed'));
    const ids = new Set(jobs.map(({ pageId }) => pageId));
    return ({ id }) => ids.has(id);
  }
  if (status === 'without-vectors') {
    const ids = modelKey === undefined ? [] : await library.getAllKeysFromIndex('pages', 'byModel', modelKey);
    const embedded = new Set(ids);
    return ({ id }) => !embedded.has(id);
  }
  return ({ shareRead }) => shareRead < 1;
}

/** A window of the list. */
export async function readPageList(
  library: Library,
  readOrdered: ReadOrdered,
  { from, count, ...wanted }: ListWanted & { readonly from: number; readonly count: number },
  modelKey: string | undefined,
): Promise<PageList> {
  const chosen = await chooseFromLibrary(library, readOrdered, wanted, modelKey);
  const ids = chosen.slice(from, from + count).map(({ id }) => id);
  const [pages, problems] = await Promise.all([readPages(library, ids), problemsOf(library, ids)]);
  return {
    total: chosen.length,
    pages: pages.map(({ addresses: _, sketch: _sketch, ...page }): ListedPage => {
      const problem = problems.get(page.id);
      return problem ? { page, problem } : { page };
    }),
  };
}

async function problemsOf(library: Library, pageIds: readonly PageId[]) {
  const problems = new Map<PageId, ListedPage['problem']>();
  if ((await library.count('jobs')) === 0) return problems;
  const byPage = library.transaction('jobs').store.index('byPage');
  await Promise.all(
    pageIds.map(async (id) => {
      for (const { problem } of await byPage.getAll(id)) if (problem) problems.set(id, problem);
    }),
  );
  return problems;
}

/** What the library can be narrowed to. */
export async function readFacets(library: Library, readOrdered: ReadOrdered, modelKey: string | undefined): Promise<LibraryFacets> {
  const entries = await readOrdered(library, 'newest');
  return {
    sites: countFacets(
      entries.map(({ host }) => host),
      mostFacets,
    ),
    tags: countFacets(
      entries.flatMap(({ tags }) => tags),
      mostFacets,
    ),
    hasModel: modelKey !== undefined,
  };
}
