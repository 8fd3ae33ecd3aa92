import type { JobId } from '../core/job';
import type { CapturedPage } from '../core/page';
import type { Job, Library, StagedVectors, WriteTransaction } from './schema';

/** All jobs, the oldest first. */
export async function listJobs(library: Library): Promise<Job[]> {
  const jobs = await library.getAll('jobs');
  return jobs.sort((a, b) => a.createdAt - b.createdAt);
}

/**
 * Stores a captured page as a job. A job that waits for the same page gets the newer capture instead of a second one beside it.
 * @param make makes the job, given the one that waits already
 */
export async function putIngestJob(library: Library, capture: CapturedPage, make: (waiting: Job | undefined) => Job): Promise<Job> {
  const transaction = library.transaction(['jobs', 'captures', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  const sameUrl = await transaction.objectStore('jobs').index('byCanonicalUrl').getAll(capture.canonicalUrl);
  const job = make(sameUrl.find((waiting) => waiting.kind === 'ingest'));
  void transaction.objectStore('jobs').put(job);
  void transaction.objectStore('captures').put(capture, job.id);
  await transaction.done;
  return job;
}

/** Writes a job back, unless it was removed in the meantime. */
export async function updateJob(library: Library, job: Job): Promise<void> {
  const transaction = library.transaction('jobs', 'readwrite');
  if (await transaction.store.getKey(job.id)) await transaction.store.put(job);
  await transaction.done;
}

export async function addJobs(library: Library, jobs: readonly Job[]): Promise<void> {
  const transaction = library.transaction('jobs', 'readwrite', { durability: 'strict' });
  for (const job of jobs) void transaction.store.put(job);
  await transaction.done;
}

export function readJob(library: Library, jobId: JobId): Promise<Job | undefined> {
  return library.get('jobs', jobId);
}

export function readCapture(library: Library, jobId: JobId): Promise<CapturedPage | undefined> {
  return library.get('captures', jobId);
}

export async function removeJob(library: Library, jobId: JobId): Promise<void> {
  const transaction = library.transaction(['jobs', 'captures', 'stagedVectors'], 'readwrite');
  removeJobWithin(transaction as unknown as WriteTransaction, jobId);
  await transaction.done;
}

/** Removes a job and what it had gathered, as part of a larger transaction. */
export function removeJobWithin(transaction: WriteTransaction, jobId: JobId): void {
  void transaction.objectStore('jobs').delete(jobId);
  void transaction.objectStore('captures').delete(jobId);
  void transaction.objectStore('stagedVectors').delete(batchesOf(jobId));
}

/**
 * Ends the job that a capture is the work of, as part of a larger transaction, unless the work is no longer wanted: the job was discarded,
 * or the page was saved again, and the job is now about the newer capture.
 * @param later goes on in its place, without the capture
 * @returns whether it was still wanted; if not, nothing has been changed
 */
export async function endIngestWithin(transaction: WriteTransaction, jobId: JobId, capture: CapturedPage, later?: Job): Promise<boolean> {
  const current = await transaction.objectStore('captures').get(jobId);
  if (current?.capturedAt !== capture.capturedAt) return false;
  if (!later) {
    removeJobWithin(transaction, jobId);
  } else {
    void transaction.objectStore('captures').delete(jobId);
    void transaction.objectStore('jobs').put(later);
  }
  return true;
}

/** The same as a transaction of its own. */
export async function endIngest(library: Library, jobId: JobId, capture: CapturedPage): Promise<boolean> {
  const transaction = library.transaction(['jobs', 'captures', 'stagedVectors'], 'readwrite');
  const wasWanted = await endIngestWithin(transaction as unknown as WriteTransaction, jobId, capture);
  await transaction.done;
  return wasWanted;
}

export function readStagedVectors(library: Library, jobId: JobId, firstPassage: number): Promise<StagedVectors | undefined> {
  return library.get('stagedVectors', [jobId, firstPassage]);
}

/** Stores what was just paid for. @returns false when the job was removed in the meantime, and nothing was stored */
export async function stageVectors(library: Library, jobId: JobId, firstPassage: number, staged: StagedVectors): Promise<boolean> {
  const transaction = library.transaction(['jobs', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  const isWanted = (await transaction.objectStore('jobs').getKey(jobId)) !== undefined;
  if (isWanted) void transaction.objectStore('stagedVectors').put(staged, [jobId, firstPassage]);
  await transaction.done;
  return isWanted;
}

export async function dropStagedVectors(library: Library, jobId: JobId): Promise<void> {
  await library.delete('stagedVectors', batchesOf(jobId));
}

const batchesOf = (jobId: JobId) => IDBKeyRange.bound([jobId, 0], [jobId, Number.MAX_SAFE_INTEGER]);
