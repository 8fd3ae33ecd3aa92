import { signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import type { JobId } from '../../core/pages/job';
import type { PageId } from '../../core/pages/page';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { LibraryOverview } from '../../protocol/worker-requests';
import type { Client } from '../client';
import { createBulkState } from './bulk-state';
import { createFindState } from './find-state';
import { createListState } from './list-state';

export type LibraryState = ReturnType<typeof createLibraryState>;

/** As many as take well under half a second. */
const pagesTaggedAtOnce = 200;
const pagesReindexedAtOnce = 5;

/**
 * The saved pages and those on their way.
 * @param mostFoundInSight how many of the pages that were found may be in sight; absent: all of them
 */
export function createLibraryState(client: Pick<Client, 'send'>, mostFoundInSight?: () => number) {
  /** Absent until it has been read once. */
  const overview = signal<LibraryOverview | undefined>();
  const problem = signal<Problem | undefined>();

  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      problem.value = undefined;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  const list = createListState(client, attempt);
  const find = createFindState(client, () => (list.isFiltered.value ? list.filter.value : undefined), mostFoundInSight);
  const bulk = createBulkState();

  // While many pages come in at once, each says so.
  const readAgain = newestOnly((_: null) =>
    attempt(async () => {
      const [read] = await Promise.all([client.send('library/overview', null), find.again(), list.refresh(), list.refreshFacets()]);
      overview.value = read;
    }),
  );
  const refresh = () => readAgain(null);

  const changeAndRefresh = async (change: () => Promise<unknown>) => {
    await attempt(change);
    if (!problem.value) await refresh();
  };
  const changeSelected = (...[kind, atOnce, send]: [Parameters<typeof bulk.run>[0], number, Parameters<typeof bulk.run>[3]]) =>
    changeAndRefresh(() => bulk.run(kind, [...list.selected.value], atOnce, send));

  return {
    overview,
    list,
    find,
    bulk,
    problem,
    refresh,
    /** Narrows the list and what is found. */
    async narrow(part: Parameters<typeof list.narrow>[0]) {
      await Promise.all([list.narrow(part), find.again()]);
    },
    deletePages: (pageIds: readonly PageId[]) =>
      changeAndRefresh(async () => {
        await client.send('pages/delete', { pageIds });
        const gone = new Set(pageIds);
        list.selected.value = new Set([...list.selected.value].filter((pageId) => !gone.has(pageId)));
      }),
    takeBackDeletion: (deleteAt: number) => changeAndRefresh(() => client.send('pages/undelete', { deleteAt })),
    finishDeletion: (deleteAt: number) => changeAndRefresh(() => client.send('pages/delete-now', { deleteAt })),
    tagPage: (pageId: PageId, tags: readonly string[]) => changeAndRefresh(() => client.send('page/tag', { pageId, tags })),
    keepApart: (pageId: PageId, address: string) => changeAndRefresh(() => client.send('page/keep-apart', { pageId, address })),
    notePage: (pageId: PageId, note: string) => changeAndRefresh(() => client.send('page/note', { pageId, note })),
    renamePage: (pageId: PageId, title: string) => changeAndRefresh(() => client.send('page/rename', { pageId, title })),
    reindexPage: (pageId: PageId) => changeAndRefresh(() => client.send('page/reindex', { pageId })),
    tagSelected: (tags: readonly string[]) =>
      changeSelected('tagging', pagesTaggedAtOnce, (pageIds) => client.send('pages/tag', { pageIds, tags })),
    reindexSelected: () => changeSelected('reindexing', pagesReindexedAtOnce, (pageIds) => client.send('pages/reindex', { pageIds })),
    retryJob: (jobId: JobId) => changeAndRefresh(() => client.send('job/retry', { jobId })),
    retryAll: () => changeAndRefresh(() => client.send('jobs/retry-all', null)),
    discardJob: (jobId: JobId) => changeAndRefresh(() => client.send('job/discard', { jobId })),

    receive(event: LibraryEvent) {
      if (event.type === 'library-changed') return refresh();
      const known = overview.value;
      if (event.type !== 'ingest-progress' || !known) return undefined;
      const { progress } = event;
      const others = known.inProgress.filter(({ jobId }) => jobId !== progress.jobId);
      overview.value = { ...known, inProgress: progress.step === 'done' ? others : [progress, ...others] };
      return undefined;
    },
  };
}
