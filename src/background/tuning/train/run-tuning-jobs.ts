import { isCutOff, problemOf } from '../../../core/problem';
import { hasEnded, type TuningJob, type TuningJobId } from '../../../core/tuning/training/tuning-job';
import type { TuningService } from '../../../models/tuning-service';
import type { Library, StoredTuningJob } from '../../../storage/schema';
import { changeTuningJob, listTuningJobs, noteTuningJob, readTuningJob, takeTuningJob } from '../../../storage/tuning/tuning-jobs';
import { advanceTuningJob, TakenOver } from './advance-tuning-job';
import { finishTuningJob } from './finish-tuning-job';
import { delayAfterMs, dueAt, longestDelayMs } from './look-times';

export interface TuningJobRunnerTools {
  readonly openLibrary: () => Promise<Library>;
  /** The service of a job, at the job's own address. @throws ProblemError when it may not be asked */
  readonly openService: (job: Pick<TuningJob, 'plan' | 'baseUrl'>) => Promise<TuningService>;
  /** Forgets keys that were kept for jobs which are over. */
  readonly forgetUnusedKeys: () => Promise<void>;
  /** As in `FinishTools`. */
  readonly announce: (job: TuningJob) => Promise<void>;
  /** Whether a panel is open. */
  readonly isWatched: () => boolean;
  /** A job is other than it was. */
  readonly changed: () => void;
  readonly spent: () => void;
  readonly now: () => number;
  /** Asks to be run again at a time, even if the worker dies before; `undefined`: not needed. */
  readonly wakeAt: (time: number | undefined) => void;
}

/** Goes on with jobs of training, each by itself. */
export interface TuningJobRunner {
  /** Looks at once which jobs are due; resolves when none of them is any more. */
  run(): Promise<void>;
  /** Looks at all that have not ended, however lately that was done. */
  lookAtAll(): Promise<void>;
  /** Ends the sending of a job's files, if this worker is at it. */
  stopSending(id: TuningJobId): void;
}

interface Work {
  isAskedAgain: boolean;
  readonly sending: AbortController;
  readonly done: Promise<void>;
}

export function tuningJobRunner(tools: TuningJobRunnerTools): TuningJobRunner {
  const underWay = new Map<TuningJobId, Work>();

  const begin = (id: TuningJobId): Promise<void> => {
    const known = underWay.get(id);
    if (known) {
      known.isAskedAgain = true;
      return known.done;
    }
    const sending = new AbortController();
    // What follows is told of this very object, so it must be there before the work is.
    const work: Work = { isAskedAgain: false, sending, done: Promise.resolve().then(() => untilNobodyAsks(id, () => work)) };
    underWay.set(id, work);
    return work.done;
  };
  const untilNobodyAsks = async (id: TuningJobId, work: () => Work) => {
    try {
      do {
        work().isAskedAgain = false;
        await goOn(id, work().sending.signal, tools);
      } while (work().isAskedAgain);
    } finally {
      underWay.delete(id);
    }
  };

  const run = async () => {
    const jobs = await listTuningJobs(await tools.openLibrary());
    const waiting = jobs.filter((record) => isDue(record, tools));
    await Promise.all(waiting.map(({ id }) => begin(id)));
    await wakeForNext(tools);
    await tools.forgetUnusedKeys();
  };
  return {
    run,
    async lookAtAll() {
      const library = await tools.openLibrary();
      for (const { id } of await listTuningJobs(library)) await changeTuningJob(library, id, ({ lookedAt: _, ...record }) => record);
      await run();
    },
    stopSending: (id) => underWay.get(id)?.sending.abort(),
  };
}

type DueTools = Pick<TuningJobRunnerTools, 'now' | 'isWatched'>;

function isDue(record: StoredTuningJob, { now, isWatched }: DueTools): boolean {
  const due = dueAt(record, isWatched());
  return due !== undefined && due <= now();
}

async function wakeForNext(tools: TuningJobRunnerTools): Promise<void> {
  const jobs = await listTuningJobs(await tools.openLibrary());
  const times = jobs.map((record) => dueAt(record, tools.isWatched())).filter((time) => time !== undefined);
  tools.wakeAt(times.length > 0 ? Math.min(...times) : undefined);
}

/** Takes one step after the other for as long as one is due. */
async function goOn(id: TuningJobId, sending: AbortSignal, tools: TuningJobRunnerTools): Promise<void> {
  const library = await tools.openLibrary();
  const known = await readTuningJob(library, id);
  if (!known || !isDue(known, tools)) return;
  const taken = await takeTuningJob(library, id);
  for (let record = taken; record && record.turn === taken?.turn && isDue(record, tools); record = await readTuningJob(library, id)) {
    // Before the work, not after: the worker may not live to see the end of it.
    tools.wakeAt(tools.now());
    try {
      await takeStep(record, library, sending, tools);
    } catch (error) {
      if (error instanceof TakenOver) return;
      await noteFailure(record, library, error, tools);
    }
    tools.changed();
  }
}

function takeStep(record: StoredTuningJob, library: Library, sending: AbortSignal, tools: TuningJobRunnerTools): Promise<void> {
  const { now, changed, announce, spent } = tools;
  const openService = () => tools.openService(record.job);
  if (hasEnded(record.job.state)) return finishTuningJob(record, { library, openService, now, changed, announce, spent });
  return advanceTuningJob(record, { library, openService, now, changed, sending });
}

/** @throws what the browser says to a worker that it is ending: that is no fault of the job's */
async function noteFailure(record: StoredTuningJob, library: Library, error: unknown, { now }: TuningJobRunnerTools): Promise<void> {
  if (isCutOff(error)) throw error;
  const problem = problemOf(error);
  await noteTuningJob(library, record, (before) => {
    // The wish to cancel came while files were sent: nothing went wrong.
    if (before.job.isCancelling && !record.job.isCancelling) return before;
    const failures = before.failures + 1;
    const delayMs = delayAfterMs(problem, failures);
    // What has ended keeps what it ended with, and nobody is asked to help with what is left to do.
    if (hasEnded(before.job.state)) return { ...before, failures, notBefore: now() + Math.min(delayMs, longestDelayMs) };
    return { ...before, failures, notBefore: now() + delayMs, job: { ...before.job, problem } };
  });
}
