import { trainingUsage } from '../../src/background/tuning/train/training-usage';
import { exampleId } from '../../src/core/tuning/stored-example';
import type { TuningJob, TuningJobId, TuningPlan } from '../../src/core/tuning/training/tuning-job';
import type { Library } from '../../src/storage/schema';
import { putTuningFilePart } from '../../src/storage/tuning/tuning-files';
import { putTuningJob } from '../../src/storage/tuning/tuning-jobs';

export const tuningPlan: TuningPlan = {
  service: 'openai',
  model: 'gpt-4.1-nano',
  method: 'supervised',
  parameters: { epochs: 3 },
  withSystemPrompt: true,
  withValidation: true,
};

export function tuningJobId(unique: string, createdAt = 1): TuningJobId {
  return exampleId(createdAt, unique) as string as TuningJobId;
}

/** One that was just begun, of ten examples of ten tokens, at 30 dollars for a million. */
export function tuningJob(id: TuningJobId, changes: Partial<TuningJob> = {}): TuningJob {
  return {
    id,
    createdAt: 1,
    plan: tuningPlan,
    baseUrl: 'https://api.openai.com/v1',
    state: 'uploading',
    training: { examples: 10, tokens: 100, bytes: 250, sentBytes: 0 },
    validation: { examples: 2, tokens: 20, bytes: 120, sentBytes: 0 },
    estimate: { epochs: 3, usd: 0.009, usdPerMillionTrained: 30 },
    ...changes,
  };
}

/** Stores a job with what it is to send, as `startTraining` does. */
export async function beginTuningJob(library: Library, id: TuningJobId): Promise<TuningJob> {
  const job = tuningJob(id);
  await putTuningFilePart(library, id, 'training', 0, new Blob(['a'.repeat(200)]));
  await putTuningFilePart(library, id, 'training', 1, new Blob(['b'.repeat(50)]));
  await putTuningFilePart(library, id, 'validation', 0, new Blob(['c'.repeat(120)]));
  await putTuningJob(library, job, 3, trainingUsage(job), undefined, { isOfWish: () => false });
  return job;
}
