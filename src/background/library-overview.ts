import type { LibraryOverview, LibraryUsage } from '../protocol/worker-requests';
import { listPendingDeletions } from '../storage/deletions';
import { listJobs } from '../storage/jobs';
import type { Library } from '../storage/schema';
import { listKeptVectors, vectorBytes } from '../storage/vector-models';
import { progressOf } from './ingest/ingest-progress';

/** Jobs that are told of one by one, of those at work and of those that failed: nobody reads more, and each change sends them. */
const mostJobsTold = 50;

/** @param storedBytes what the browser says is in use */
export async function libraryOverview(library: Library, storedBytes: () => Promise<number>, now: number): Promise<LibraryOverview> {
  const [stored, hidden, jobs, bytes, deletions] = await Promise.all([
    library.count('pages'),
    library.count('deletions'),
    listJobs(library),
    storedBytes(),
    listPendingDeletions(library, now),
  ]);
  const failed = jobs.filter(({ problem }) => problem);
  const working = jobs.filter(({ problem }) => !problem);
  return {
    pages: stored - hidden,
    inProgress: [...working.slice(0, mostJobsTold), ...failed.slice(0, mostJobsTold)].map((job) => progressOf(job)),
    jobs: { working: working.length, failed: failed.length },
    storedBytes: bytes,
    deletions,
  };
}

/** What takes how much room. Of the index and the vectors it is known what was written; the rest is the text and what the browser adds. */
export async function libraryUsage(library: Library, storedBytes: () => Promise<number>): Promise<LibraryUsage> {
  const [total, segments, models] = await Promise.all([storedBytes(), library.getAll('segments'), listKeptVectors(library)]);
  const index = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  const ofModels = await Promise.all(models.map(({ modelKey }) => vectorBytes(library, modelKey)));
  const vectors = ofModels.reduce((sum, bytes) => sum + bytes, 0);
  return { totalBytes: total, indexBytes: index, vectorBytes: vectors, textBytes: Math.max(0, total - index - vectors) };
}
