import type { IngestProgress, IngestStep } from '../../core/pages/job';
import type { Job } from '../../storage/schema';

/** How far along a job is when a step begins. Vectors come over the network, so they take the most. */
const percentAt: Record<IngestStep, number> = { reading: 0, received: 20, embedding: 30, indexing: 90, done: 100 };

const following: Record<IngestStep, IngestStep> = {
  reading: 'received',
  received: 'embedding',
  embedding: 'indexing',
  indexing: 'done',
  done: 'done',
};

/** @param shareDone how much of the step is done, from 0 to 1 */
export function progressOf(job: Job, shareDone = 0): IngestProgress {
  const next = percentAt[following[job.step]];
  return {
    jobId: job.id,
    pageId: job.pageId,
    canonicalUrl: job.canonicalUrl,
    title: job.title,
    step: job.step,
    percent: Math.floor(percentAt[job.step] + (next - percentAt[job.step]) * shareDone),
    ...(job.problem ? { problem: job.problem } : {}),
    ...(job.problem && Number.isFinite(job.notBefore) ? { retryAt: job.notBefore } : {}),
  };
}
