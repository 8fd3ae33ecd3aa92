import { problemOf } from '../core/problem';
import { retryDelayMs } from '../core/retry-delay';
import type { EmbeddingModel } from '../models/embedding-model';
import { listJobs, updateJob } from '../storage/jobs';
import { mergeSegments } from '../storage/merge-segments';
import type { Job, Library } from '../storage/schema';
import { embedPage } from './embed-page';
import { ingestPage } from './ingest-page';

export interface JobRunnerTools {
  readonly openLibrary: () => Promise<Library>;
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  readonly now: () => number;
  readonly report: (job: Job, shareDone?: number) => void;
  /** Called when a job has ended well or failed: the library or the list of jobs is not what it was. */
  readonly changed: () => void;
  /** Asks to be run again at a time, even if the worker dies before; `undefined`: not needed. */
  readonly wakeAt: (time: number | undefined) => void;
}

/** Runs what is in the queue, one job at a time, pages before vectors. */
export interface JobRunner {
  /** Begins if it isn't running; resolves when nothing is left to do now. */
  run(): Promise<void>;
}

export function jobRunner(tools: JobRunnerTools): JobRunner {
  let running: Promise<void> | undefined;
  let askedAgain = false;
  return {
    run() {
      askedAgain = true;
      running ??= (async () => {
        while (askedAgain) {
          askedAgain = false;
          await runQueue(tools);
        }
      })().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

async function runQueue(tools: JobRunnerTools): Promise<void> {
  const library = await tools.openLibrary();
  for (;;) {
    await mergeSegments(library);
    const jobs = await listJobs(library);
    const due = jobs.filter((job) => job.notBefore <= tools.now());
    const job = due.find((candidate) => candidate.kind === 'ingest') ?? due[0];
    if (!job) return tools.wakeAt(nextStart(jobs));
    // Before the work, not after: the worker may not live to see the end of it.
    tools.wakeAt(tools.now());
    await runJob(job, library, tools);
    tools.changed();
  }
}

function nextStart(jobs: readonly Job[]): number | undefined {
  const times = jobs.map((job) => job.notBefore).filter(Number.isFinite);
  return times.length > 0 ? Math.min(...times) : undefined;
}

async function runJob(job: Job, library: Library, tools: JobRunnerTools): Promise<void> {
  const retryAt = (problem: Parameters<typeof retryDelayMs>[0], attempts: number) =>
    tools.now() + (retryDelayMs(problem, attempts) ?? Number.POSITIVE_INFINITY);
  try {
    const work = job.kind === 'ingest' ? ingestPage : embedPage;
    await work(job, { library, embeddingModel: tools.embeddingModel, now: tools.now, report: tools.report, retryAt });
  } catch (error) {
    const problem = problemOf(error);
    const attempts = job.attempts + 1;
    const failed: Job = { ...job, attempts, problem, notBefore: retryAt(problem, attempts) };
    await updateJob(library, failed);
    tools.report(failed);
  }
}
