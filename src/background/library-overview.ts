import type { LibraryOverview } from '../protocol/worker-requests';
import { listPendingDeletions } from '../storage/pages/deletions';
import { listJobs } from '../storage/pages/jobs';
import { emptyTotals, type Library } from '../storage/schema';
import { progressOf } from './ingest/ingest-progress';

/** Jobs that are told of one by one, of those at work and of those that failed: nobody reads more, and each change sends them. */
const mostJobsTold = 50;

export async function libraryOverview(library: Library, now: number): Promise<LibraryOverview> {
  const [totals = emptyTotals, hidden, jobs, deletions] = await Promise.all([
    // To count them takes the longer the more there are, and this is asked for at each change.
    library.get('totals', 'library'),
    library.count('deletions'),
    listJobs(library),
    listPendingDeletions(library, now),
  ]);
  const failed = jobs.filter(({ problem }) => problem);
  const working = jobs.filter(({ problem }) => !problem);
  return {
    pages: totals.pages - hidden,
    inProgress: [...working.slice(0, mostJobsTold), ...failed.slice(0, mostJobsTold)].map((job) => progressOf(job)),
    jobs: { working: working.length, failed: failed.length },
    deletions,
  };
}
