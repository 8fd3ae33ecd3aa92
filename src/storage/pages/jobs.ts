import type { JobId } from '../../core/pages/job';
import type { CapturedPage, PageId } from '../../core/pages/page';
import type { RecordPlace } from '../read-ahead';
import type { Job, Library, StagedVectors, UnreadFile, WriteTransaction } from '../schema';

/** All jobs, the oldest first. */
export async function listJobs(library: Library): Promise<Job[]> {
  const jobs = await library.getAll('jobs');
  return jobs.sort((a, b) => a.createdAt - b.createdAt);
}

/** Pages before vectors; then what was begun least often, so that a job which brings the worker down each time does not hold up the others; then the oldest. */
const turns = ['ingest', 'embed'] as const satisfies readonly Job['kind'][];

/** The job whose turn it is. Reads no more of the queue than what waits before it, so that a long one is worked through as fast as a short one. */
export async function nextJob(library: Library, now: number): Promise<Job | undefined> {
  const index = library.transaction('jobs').store.index('byTurn');
  for (const kind of turns) {
    const ofKind = IDBKeyRange.bound([kind], [kind, []]);
    for (let cursor = await index.openCursor(ofKind); cursor; cursor = await cursor.continue()) {
      if (cursor.value.notBefore <= now) return cursor.value;
    }
  }
  return undefined;
}

/** When a job is due next, in milliseconds since 1970; `undefined` when all wait for the person, or there are none. */
export async function nextJobStart(library: Library): Promise<number | undefined> {
  const first = await library.getFromIndex('jobs', 'byNotBefore', IDBKeyRange.lowerBound(Number.NEGATIVE_INFINITY));
  return first && Number.isFinite(first.notBefore) ? first.notBefore : undefined;
}

/** What a transaction must have that puts a page into the queue. */
export const queueStores = ['jobs', 'captures', 'stagedVectors', 'deletions'] as const;

export interface IngestJob {
  readonly capture: CapturedPage | UnreadFile;
  /** Makes the job, given the one that waits already for the same page. */
  readonly make: (waiting: Job | undefined) => Job;
  /** Set when the capture is older than one that waits: this one is only stored where none does. */
  readonly keepsWaiting?: boolean;
}

/**
 * Stores a captured page, or a file that is one when it has been read, as a job. A job that waits for the same page gets the newer capture instead of
 * a second one beside it, unless the capture is a selection, which adds to its page, or lacks the
 * transcript that the one waiting has.
 * @param make as in `IngestJob`
 */
export async function putIngestJob(library: Library, capture: IngestJob['capture'], make: IngestJob['make']): Promise<Job> {
  const [job] = await putIngestJobs(library, [{ capture, make }]);
  return job as Job;
}

/** The same for several, all or none of them. */
export async function putIngestJobs(library: Library, ingestJobs: readonly IngestJob[]): Promise<Job[]> {
  const transaction = library.transaction(['jobs', 'captures', 'stagedVectors', 'deletions'], 'readwrite', { durability: 'strict' });
  const jobs: Job[] = [];
  for (const each of ingestJobs) jobs.push(await putIngestJobWithin(transaction as unknown as WriteTransaction, each));
  await transaction.done;
  return jobs;
}

/** The same for one, as part of a larger transaction. */
export async function putIngestJobWithin(transaction: WriteTransaction, { capture, make, keepsWaiting }: IngestJob): Promise<Job> {
  const sameUrl = await transaction.objectStore('jobs').index('byCanonicalUrl').getAll(capture.canonicalUrl);
  const isWholePage = 'file' in capture || capture.source !== 'selection';
  const whole = sameUrl.filter((other) => other.kind === 'ingest' && !other.isSelection);
  const waiting = isWholePage ? await firstReplaced(transaction, whole, capture) : undefined;
  const job = make(waiting);
  void transaction.objectStore('jobs').put(job);
  if (!waiting || !keepsWaiting) void transaction.objectStore('captures').put(capture, job.id);
  // Whoever saves a page again wants it.
  void transaction.objectStore('deletions').delete(job.pageId);
  return job;
}

/** What is said in a video that waits must not get lost by the same page without it: that becomes a job of its own, and they are joined in the page. */
async function firstReplaced(transaction: WriteTransaction, jobs: readonly Job[], capture: IngestJob['capture']): Promise<Job | undefined> {
  const isPlain = !('file' in capture) && capture.source === undefined;
  for (const job of jobs) {
    const waiting = await transaction.objectStore('captures').get(job.id);
    if (!isPlain || !waiting || 'file' in waiting || waiting.source !== 'video') return job;
  }
  return undefined;
}

/** A job as it stood when its work began, with what the work is about. */
export interface BegunJob {
  readonly job: Job;
  /** Absent when it adds vectors to a page that is saved. */
  readonly capture?: CapturedPage | UnreadFile;
}

/** Stores that the work of a job begins once more. @returns `undefined` when it was removed */
export async function beginJob(library: Library, jobId: JobId, notBeforeOf: (attempts: number) => number): Promise<BegunJob | undefined> {
  const transaction = library.transaction(['jobs', 'captures'], 'readwrite');
  const [stored, capture] = await Promise.all([transaction.objectStore('jobs').get(jobId), transaction.objectStore('captures').get(jobId)]);
  const attempts = (stored?.attempts ?? 0) + 1;
  const job: Job | undefined = stored && { ...stored, attempts, notBefore: notBeforeOf(attempts) };
  if (job) void transaction.objectStore('jobs').put(job);
  await transaction.done;
  return job && { job, ...(capture ? { capture } : {}) };
}

/**
 * Changes what is stored of a job while its work goes on.
 * @returns the job as it is then; `undefined` when its work is no longer wanted: it was discarded or is about something newer, and nothing was changed
 */
export async function changeJob(
  library: Library,
  begun: BegunJob,
  change: Partial<Pick<Job, 'pageId' | 'step' | 'problem' | 'notBefore'>>,
): Promise<Job | undefined> {
  const transaction = library.transaction(['jobs', 'captures', 'deletions'], 'readwrite');
  const stored = await storedIfWanted(transaction as unknown as WriteTransaction, begun);
  const job: Job | undefined = stored && { ...stored, ...change };
  if (job) void transaction.objectStore('jobs').put(job);
  // Whoever saves a page again wants it.
  if (job && change.pageId) void transaction.objectStore('deletions').delete(change.pageId);
  await transaction.done;
  return job;
}

async function storedIfWanted(transaction: WriteTransaction, { job, capture }: BegunJob): Promise<Job | undefined> {
  const [stored, current] = await Promise.all([
    transaction.objectStore('jobs').get(job.id),
    transaction.objectStore('captures').get(job.id),
  ]);
  return stored?.isApart === job.isApart && current?.capturedAt === capture?.capturedAt ? stored : undefined;
}

/** Has a job tried again at once, as if it had never been begun. */
export async function renewJob(library: Library, jobId: JobId): Promise<void> {
  const transaction = library.transaction('jobs', 'readwrite');
  const stored = await transaction.store.get(jobId);
  if (stored) {
    const { problem: _, ...job } = stored;
    void transaction.store.put({ ...job, attempts: 0, notBefore: 0 });
  }
  await transaction.done;
}

export function readJob(library: Library, jobId: JobId): Promise<Job | undefined> {
  return library.get('jobs', jobId);
}

/**
 * Puts what was read of a file in the file's place.
 * @returns false when the job was discarded or is about something newer; then nothing has been changed
 */
export async function putReadFile(library: Library, begun: BegunJob, job: Job, capture: CapturedPage): Promise<boolean> {
  const transaction = library.transaction(['jobs', 'captures'], 'readwrite', { durability: 'strict' });
  const isWanted = (await storedIfWanted(transaction as unknown as WriteTransaction, begun)) !== undefined;
  if (isWanted) {
    void transaction.objectStore('captures').put(capture, job.id);
    void transaction.objectStore('jobs').put(job);
  }
  await transaction.done;
  return isWanted;
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
 * Ends a job that makes a page of a capture, as part of a larger transaction, unless the work is no longer wanted: the job was discarded, or the page was
 * saved again, and the job is now about the newer capture.
 * @param later goes on in its place, without the capture
 * @returns whether it was still wanted; if not, nothing has been changed
 */
export async function endIngestWithin(transaction: WriteTransaction, begun: BegunJob, later?: Job): Promise<boolean> {
  if (!(await storedIfWanted(transaction, begun))) return false;
  if (!later) {
    removeJobWithin(transaction, begun.job.id);
  } else {
    void transaction.objectStore('captures').delete(begun.job.id);
    void transaction.objectStore('jobs').put(later);
  }
  return true;
}

/** What `endIngestWithin` gets. */
export const recordsOfJob = (jobId: JobId): RecordPlace[] => [
  ['jobs', jobId],
  ['captures', jobId],
];

/** The same as a transaction of its own. */
export async function endIngest(library: Library, begun: BegunJob): Promise<boolean> {
  const transaction = library.transaction(['jobs', 'captures', 'stagedVectors'], 'readwrite');
  const wasWanted = await endIngestWithin(transaction as unknown as WriteTransaction, begun);
  await transaction.done;
  return wasWanted;
}

export function readStagedVectors(library: Library, jobId: JobId, firstPassage: number): Promise<StagedVectors | undefined> {
  return library.get('stagedVectors', [jobId, firstPassage]);
}

/**
 * Stores what was just paid for, and counts it if it is a run's.
 * @param owner the job, or the run and the page that it is at
 * @returns false when it is not to go on: the job was removed, the run given up or paused, or the page deleted
 */
export async function stageVectors(
  library: Library,
  owner: { readonly id: JobId; readonly pageId: PageId },
  firstPassage: number,
  staged: StagedVectors,
  tokens: number,
): Promise<boolean> {
  const transaction = library.transaction(['jobs', 'pages', 'vectorModels', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  const [job, page, models] = await Promise.all([
    transaction.objectStore('jobs').getKey(owner.id),
    transaction.objectStore('pages').getKey(owner.pageId),
    transaction.objectStore('vectorModels').get('library'),
  ]);
  const run = models?.run;
  const isRunAtPage = run?.id === owner.id && page !== undefined;
  const isWanted = job !== undefined || isRunAtPage;
  if (isWanted) void transaction.objectStore('stagedVectors').put(staged, [owner.id, firstPassage]);
  if (models && run?.modelKey === staged.modelKey) {
    void transaction.objectStore('vectorModels').put({ ...models, run: { ...run, tokensSent: run.tokensSent + tokens } }, 'library');
  }
  await transaction.done;
  return isWanted && !(isRunAtPage && run.isPaused);
}

export async function dropStagedVectors(library: Library, jobId: JobId): Promise<void> {
  await library.delete('stagedVectors', batchesOf(jobId));
}

export const batchesOf = (jobId: JobId) => IDBKeyRange.bound([jobId, 0], [jobId, Number.MAX_SAFE_INTEGER]);
