import type { TuningJobId } from '../../core/tuning/training/tuning-job';
import type { Library, TuningSide } from '../schema';

/** Puts a piece of a file aside. */
export async function putTuningFilePart(library: Library, id: TuningJobId, side: TuningSide, number: number, part: Blob): Promise<void> {
  await library.put('tuningFiles', part, [id, side, number]);
}

/** The whole of a file, as one that is read piece by piece when it is read. @returns `undefined` when nothing is put aside */
export async function openTuningFile(library: Library, id: TuningJobId, side: TuningSide): Promise<Blob | undefined> {
  const parts = await library.getAll('tuningFiles', IDBKeyRange.bound([id, side, 0], [id, side, Number.MAX_SAFE_INTEGER]));
  return parts.length > 0 ? new Blob(parts, { type: 'application/jsonl' }) : undefined;
}

/** Keeps which questions a job trains, for as long as the job is listed. @param hashes as `questionHash` makes them */
export async function putTrainedQuestions(library: Library, id: TuningJobId, hashes: Uint32Array<ArrayBuffer>): Promise<void> {
  await library.put('tuningFiles', new Blob([hashes]), [id, 'asked', 0]);
}

/** @returns `undefined` where that is not known: the job comes from a backup */
export async function readTrainedQuestions(library: Library, id: TuningJobId): Promise<Uint32Array | undefined> {
  const kept = await library.get('tuningFiles', [id, 'asked', 0]);
  return kept && new Uint32Array(await kept.arrayBuffer());
}

/** What was put aside for a job that was never begun, because the worker died meanwhile. @param isBeingMade whether it may still be begun */
export async function removeLeftTuningFiles(library: Library, isBeingMade: (id: TuningJobId) => boolean): Promise<void> {
  const transaction = library.transaction(['tuningJobs', 'tuningFiles'], 'readwrite');
  const files = transaction.objectStore('tuningFiles');
  let cursor = await files.openKeyCursor();
  while (cursor) {
    const [id] = cursor.key;
    const isLeft = !isBeingMade(id) && (await transaction.objectStore('tuningJobs').getKey(id)) === undefined;
    if (isLeft) void files.delete(partsOfJob(id));
    cursor = await cursor.continue(afterJob(id));
  }
  await transaction.done;
}

/** All that is kept for a job. */
export const partsOfJob = (id: TuningJobId) => IDBKeyRange.bound([id], [id, []]);

/** What is to be sent. */
export const filesOfJob = (id: TuningJobId) => IDBKeyRange.bound([id, 'training'], [id, 'validation', []]);

/** The first key that no piece of the job has, but the next job's pieces are after. */
const afterJob = (id: TuningJobId) => [id, [] as never, 0] as unknown as [TuningJobId, TuningSide, number];
