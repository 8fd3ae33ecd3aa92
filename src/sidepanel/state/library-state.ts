import { computed, signal } from '@preact/signals';
import type { JobId } from '../../core/job';
import type { PageId } from '../../core/page';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { LibraryOverview } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type LibraryState = ReturnType<typeof createLibraryState>;

/** The saved pages and those on their way. */
export function createLibraryState(client: Pick<Client, 'send'>) {
  /** Absent until it has been read once. */
  const overview = signal<LibraryOverview | undefined>();
  const filter = signal('');
  const problem = signal<Problem | undefined>();

  const shownPages = computed(() => {
    const pages = overview.value?.pages ?? [];
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return pages;
    return pages.filter(({ title, site }) => {
      const text = `${title} ${site}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });

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
      overview.value = await client.send('library/overview', null);
    });

  const changeAndRefresh = async (change: () => Promise<null>) => {
    await attempt(change);
    if (!problem.value) await refresh();
  };

  return {
    overview,
    filter,
    shownPages,
    problem,
    refresh,
    deletePage: (pageId: PageId) => changeAndRefresh(() => client.send('page/delete', { pageId })),
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
