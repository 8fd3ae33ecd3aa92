import { type Problem, problemOf } from '../core/problem';
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
  const runUntilNobodyAsks = async () => {
    try {
      do {
        askedAgain = false;
        await runQueue(tools);
      } while (askedAgain);
    } finally {
      running = undefined;
    }
  };
  return {
    run() {
      askedAgain = true;
      running ??= runUntilNobodyAsks();
      return running;
    },
  };
}

async function runQueue(tools: JobRunnerTools): Promise<void> {
  const library = await tools.openLibrary();
  for (;;) {
    const jobs = await listJobs(library);
    const job = nextJob(jobs, tools.now());
    if (!job) {
      await tidy(library);
      return tools.wakeAt(nextStart(jobs));
    }
    // Before the work, not after: the worker may not live to see the end of it.
    tools.wakeAt(tools.now());
    await runJob(job, library, tools);
    tools.changed();
    await tidy(library);
  }
}

/** Pages before vectors; then what was begun least often, so that a job which brings the worker down each time does not hold up the others. */
function nextJob(jobs: readonly Job[], now: number): Job | undefined {
  const due = jobs.filter((job) => job.notBefore <= now);
  const rank = (job: Job) => (job.kind === 'ingest' ? 0 : 1_000_000) + job.attempts;
  return due.sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt)[0];
}

/** An index that could not be merged is slower, not wrong: no reason to stop saving. */
async function tidy(library: Library): Promise<void> {
  try {
    await mergeSegments(library);
  } catch (error) {
    console.error('The index could not be merged:', problemOf(error));
  }
}

function nextStart(jobs: readonly Job[]): number | undefined {
  const times = jobs.map((job) => job.notBefore).filter(Number.isFinite);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** A worker may be killed this often during one job before the job is left alone for longer and longer. */
const patientStarts = 10;

async function runJob(waiting: Job, library: Library, tools: JobRunnerTools): Promise<void> {
  const retryAt = (problem: Problem, attempts: number) => tools.now() + (retryDelayMs(problem, attempts) ?? Number.POSITIVE_INFINITY);
  const attempts = waiting.attempts + 1;
  const notBefore = attempts <= patientStarts ? 0 : retryAt({ code: 'interrupted' }, attempts - patientStarts);
  // Counted before the work: if the worker does not survive it, or the disk is too full to write even this, nothing is paid for over and over.
  const job: Job = { ...waiting, attempts, notBefore };
  await updateJob(library, job);
  try {
    const work = job.kind === 'ingest' ? ingestPage : embedPage;
    await work(job, { library, embeddingModel: tools.embeddingModel, now: tools.now, report: tools.report, retryAt });
  } catch (error) {
    const problem = problemOf(error);
    const failed: Job = { ...job, problem, notBefore: retryAt(problem, attempts) };
    await updateJob(library, failed);
    tools.report(failed);
  }
}
