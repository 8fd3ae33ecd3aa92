import type { LibraryOverview } from '../protocol/worker-requests';
import { listJobs } from '../storage/jobs';
import { listPages } from '../storage/pages';
import type { Library } from '../storage/schema';
import { progressOf } from './ingest-progress';

/** @param storedBytes what the browser says is in use */
export async function libraryOverview(library: Library, storedBytes: () => Promise<number>): Promise<LibraryOverview> {
  const [pages, jobs, bytes] = await Promise.all([listPages(library), listJobs(library), storedBytes()]);
  return { pages, inProgress: jobs.map((job) => progressOf(job)), storedBytes: bytes };
}
