import { lineageOf, modelsOfJob } from '../../../core/tuning/training/model-lineage';
import type { Library } from '../../../storage/schema';
import { readTrainedQuestions } from '../../../storage/tuning/tuning-files';
import { listTuningJobs, readTuningCourse } from '../../../storage/tuning/tuning-jobs';

export interface TrainedQuestions {
  /** As `questionHash` makes them. */
  readonly hashes: ReadonlySet<number>;
  /** One of the models was tuned, and on what is not known here: elsewhere, or by a job that is off the list or from a backup. */
  readonly isUnknown: boolean;
}

/** What these models were trained on, and those that they were tuned from. */
export async function trainedQuestions(library: Library, models: readonly string[]): Promise<TrainedQuestions> {
  const jobs = await listTuningJobs(library);
  const trained = await Promise.all(jobs.map(async ({ id, job }) => modelsOfJob(job, (await readTuningCourse(library, id)).checkpoints)));
  const hashes = new Set<number>();
  let isUnknown = false;
  const left = new Set(models);
  // What is added meanwhile is come to as well.
  for (const model of left) {
    const lineage = lineageOf(model, trained.flat());
    if (!lineage) continue;
    const asked = lineage.job && (await readTrainedQuestions(library, lineage.job.id));
    if (asked) for (const hash of asked) hashes.add(hash);
    else isUnknown = true;
    if (lineage.base !== undefined) left.add(lineage.base);
  }
  return { hashes, isUnknown };
}
