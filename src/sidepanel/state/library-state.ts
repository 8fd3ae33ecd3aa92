import { signal } from '@preact/signals';
import type { JobId } from '../../core/job';
import type { PageId } from '../../core/page';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { LibraryOverview } from '../../protocol/worker-requests';
import type { Client } from '../client';
import { createFindState } from './find-state';

export type LibraryState = ReturnType<typeof createLibraryState>;

/** The saved pages and those on their way. */
export function createLibraryState(client: Pick<Client, 'send'>) {
  /** Absent until it has been read once. */
  const overview = signal<LibraryOverview | undefined>();
  const find = createFindState(client);
  const problem = signal<Problem | undefined>();

  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      problem.value = undefined;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  const refresh = () =>
    attempt(async () => {
      [overview.value] = await Promise.all([client.send('library/overview', null), find.again()]);
    });

  const changeAndRefresh = async (change: () => Promise<null>) => {
    await attempt(change);
    if (!problem.value) await refresh();
  };

  return {
    overview,
    find,
    problem,
    refresh,
    deletePage: (pageId: PageId) => changeAndRefresh(() => client.send('page/delete', { pageId })),
    tagPage: (pageId: PageId, tags: readonly string[]) => changeAndRefresh(() => client.send('page/tag', { pageId, tags })),
    keepApart: (pageId: PageId, address: string) => changeAndRefresh(() => client.send('page/keep-apart', { pageId, address })),
    retryJob: (jobId: JobId) => changeAndRefresh(() => client.send('job/retry', { jobId })),
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
