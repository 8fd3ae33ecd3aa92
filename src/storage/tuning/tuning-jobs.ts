import type { UsageRow } from '../../core/spending/usage-row';
import type { TuningJob, TuningJobCourse, TuningJobId } from '../../core/tuning/training/tuning-job';
import type { Library, StoredTuningJob, WriteTransaction } from '../schema';
import { reserveUsageWithin } from '../settings/usage';
import { writeWhole } from '../write-whole';
import { filesOfJob, partsOfJob } from './tuning-files';

/** The newest first. */
export async function listTuningJobs(library: Library): Promise<StoredTuningJob[]> {
  return (await library.getAll('tuningJobs')).reverse();
}

export function readTuningJob(library: Library, id: TuningJobId): Promise<StoredTuningJob | undefined> {
  return library.get('tuningJobs', id);
}

/**
 * Stores a new job and sets aside what it is expected to cost, unless a piece of what is to be sent for it has gone, or the month's limit forbids it, or a job
 * of the same wish is there.
 * @param parts how many pieces were put aside
 * @returns what was spent by now where the limit forbids it; the job that is there
 */
export async function putTuningJob(
  library: Library,
  job: TuningJob,
  parts: number,
  expected: UsageRow,
  capUsd: number | undefined,
  { wish, isOfWish }: { readonly wish?: string; readonly isOfWish: (there: StoredTuningJob) => boolean },
): Promise<'stored' | 'files-gone' | { readonly spentUsd: number } | { readonly begun: TuningJob }> {
  const stores = ['tuningJobs', 'tuningFiles', 'usage', 'usageMonths'] as const;
  const transaction = library.transaction(stores, 'readwrite', { durability: 'strict' });
  return writeWhole(transaction, async () => {
    const begun = (await transaction.objectStore('tuningJobs').getAll()).find(isOfWish);
    if (begun) return { begun: begun.job };
    if ((await transaction.objectStore('tuningFiles').count(partsOfJob(job.id))) !== parts) return 'files-gone';
    const refused = await reserveUsageWithin(transaction as unknown as WriteTransaction, expected, capUsd);
    if (refused) return refused;
    void transaction.objectStore('tuningJobs').put({ ...stored(job), ...(wish === undefined ? {} : { wish }) });
    return 'stored';
  });
}

function stored(job: TuningJob): StoredTuningJob {
  return { id: job.id, job, turn: 0, failures: 0, notBefore: 0, unchangedLooks: 0, uploads: {}, leftToDo: [] };
}

/** Takes a job up: what others who took it up before still want to note is no longer heard. @returns `undefined` when it is gone */
export function takeTuningJob(library: Library, id: TuningJobId): Promise<StoredTuningJob | undefined> {
  return change(library, id, (before) => ({ ...before, turn: before.turn + 1 }));
}

/**
 * Notes what came of the work on a job.
 * @param changed is given the job as it is by then
 * @returns `undefined` when it is gone, or somebody else has taken it up; then nothing was changed
 */
export function noteTuningJob(
  library: Library,
  { id, turn }: Pick<StoredTuningJob, 'id' | 'turn'>,
  changed: (before: StoredTuningJob) => StoredTuningJob,
): Promise<StoredTuningJob | undefined> {
  return change(library, id, (before) => (before.turn === turn ? changed(before) : undefined));
}

/** Changes a job by the person's wish, whoever is at work on it. @returns `undefined` when it is gone */
export function changeTuningJob(
  library: Library,
  id: TuningJobId,
  changed: (before: StoredTuningJob) => StoredTuningJob,
): Promise<StoredTuningJob | undefined> {
  return change(library, id, changed);
}

/** What has ended needs no files, nor what the service has got. */
async function change(
  library: Library,
  id: TuningJobId,
  changed: (before: StoredTuningJob) => StoredTuningJob | undefined,
): Promise<StoredTuningJob | undefined> {
  const transaction = library.transaction(['tuningJobs', 'tuningFiles'], 'readwrite', { durability: 'strict' });
  return writeWhole(transaction, async () => {
    const before = await transaction.objectStore('tuningJobs').get(id);
    const after = before && changed(before);
    if (!after) return undefined;
    void transaction.objectStore('tuningJobs').put(after);
    if (!needsFiles(after) && needsFiles(before)) void transaction.objectStore('tuningFiles').delete(filesOfJob(id));
    return after;
  });
}

/** Until it is created, for a service may have lost what it was sent. */
function needsFiles({ job: { state } }: StoredTuningJob): boolean {
  return state === 'uploading' || state === 'creating';
}

/** Takes a job off the list, with all that is kept of it. */
export async function removeTuningJob(library: Library, id: TuningJobId): Promise<void> {
  const transaction = library.transaction(['tuningJobs', 'tuningFiles', 'tuningCourses'], 'readwrite');
  void transaction.objectStore('tuningJobs').delete(id);
  void transaction.objectStore('tuningFiles').delete(partsOfJob(id));
  void transaction.objectStore('tuningCourses').delete(id);
  await transaction.done;
}

const noCourse: TuningJobCourse = { events: [], metrics: [], checkpoints: [] };

export async function readTuningCourse(library: Library, id: TuningJobId): Promise<TuningJobCourse> {
  return (await library.get('tuningCourses', id)) ?? noCourse;
}

/** Adds to the course of a job that is still there. */
export async function changeTuningCourse(
  library: Library,
  id: TuningJobId,
  changed: (before: TuningJobCourse) => TuningJobCourse,
): Promise<void> {
  const transaction = library.transaction(['tuningJobs', 'tuningCourses'], 'readwrite');
  await writeWhole(transaction, async () => {
    if ((await transaction.objectStore('tuningJobs').getKey(id)) === undefined) return;
    const before = await transaction.objectStore('tuningCourses').get(id);
    void transaction.objectStore('tuningCourses').put(changed(before ?? noCourse), id);
  });
}

/** A job as it is in a backup. */
export interface BackedUpTuningJob {
  readonly job: TuningJob;
  readonly course: TuningJobCourse;
}

/** All of them, one at a time. */
export async function* eachTuningJob(library: Library): AsyncGenerator<BackedUpTuningJob, void, void> {
  for (const id of await library.getAllKeys('tuningJobs')) {
    const record = await readTuningJob(library, id);
    if (record) yield { job: record.job, course: await readTuningCourse(library, id) };
  }
}

/** Adds one of a backup; what is there stays. One that had not ended is looked for at its service, and never begun a second time. */
export async function restoreTuningJob(library: Library, { job, course }: BackedUpTuningJob): Promise<void> {
  const transaction = library.transaction(['tuningJobs', 'tuningCourses'], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    if ((await transaction.objectStore('tuningJobs').getKey(job.id)) !== undefined) return;
    void transaction.objectStore('tuningJobs').put({ ...stored(job), isRestored: true });
    void transaction.objectStore('tuningCourses').put(course, job.id);
  });
}
