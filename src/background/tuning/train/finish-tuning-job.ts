import { isCutOff, problemOf } from '../../../core/problem';
import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import type { StoredTuningJob } from '../../../storage/schema';
import { settleUsage } from '../../../storage/settings/usage';
import { noteTuningJob, readTuningCourse } from '../../../storage/tuning/tuning-jobs';
import { type AdvanceTools, keepCourse, TakenOver, timeout } from './advance-tuning-job';
import { delayAfterMs } from './look-times';
import { trainingUsageId } from './training-usage';

export interface FinishTools extends Omit<AdvanceTools, 'sending'> {
  /** Tells the person that it has ended, even when no panel is open. May be called twice for one job. */
  readonly announce: (job: TuningJob) => Promise<void>;
  /** Something was spent, or less than was set aside. */
  readonly spent: () => void;
}

/** What the service has lost by then it will not find again. */
const mostCourseFailures = 4;

/** Does the next of what is left to do for a job that has ended. @throws as `advanceTuningJob` */
export async function finishTuningJob(record: StoredTuningJob, tools: FinishTools): Promise<void> {
  const [next] = record.leftToDo;
  if (next === 'announce') await announce(record, tools);
  else if (next === 'settle') await settleTraining(record, tools);
  else if (!(await tellCourse(record, tools))) return;
  const noted = await noteTuningJob(tools.library, record, (before) => ({
    ...before,
    failures: 0,
    notBefore: 0,
    leftToDo: before.leftToDo.filter((what) => what !== next),
  }));
  if (!noted) throw new TakenOver();
}

/** A system that shows no notifications is no reason to leave the rest undone. */
async function announce({ job }: StoredTuningJob, tools: FinishTools): Promise<void> {
  try {
    await tools.announce(job);
  } catch (error) {
    if (isCutOff(error)) throw error;
    console.error('The end of a training was not announced:', problemOf(error));
  }
}

/** @returns whether nothing more is to be expected */
async function tellCourse(record: StoredTuningJob, tools: FinishTools): Promise<boolean> {
  const { remoteId } = record.job;
  if (remoteId === undefined) return true;
  try {
    const service = await tools.openService();
    await keepCourse(record, service, await service.job(remoteId, timeout()), tools);
    return true;
  } catch (error) {
    const failures = record.failures + 1;
    const delayMs = delayAfterMs(problemOf(error), failures);
    if (!Number.isFinite(delayMs) || failures >= mostCourseFailures) return true;
    const noted = await noteTuningJob(tools.library, record, (before) => ({ ...before, failures, notBefore: tools.now() + delayMs }));
    if (!noted) throw new TakenOver();
    return false;
  }
}

/** Replaces what was set aside for the job by what it cost. Where nobody says that, what was set aside stays. */
export async function settleTraining(
  { id, job }: StoredTuningJob,
  { library, spent }: Pick<FinishTools, 'library' | 'spent'>,
): Promise<void> {
  const row = await library.get('usage', trainingUsageId(id));
  if (!row?.isExpected) return;
  const { trainedTokens, spentUsd } = job;
  const wasTrained = trainedTokens !== undefined || spentUsd !== undefined;
  // What never began cost nothing.
  const { metrics } = await readTuningCourse(library, id);
  if (!wasTrained && (job.state === 'succeeded' || job.startedAt !== undefined || metrics.length > 0)) return;
  const isPriced = spentUsd !== undefined || !wasTrained;
  await settleUsage(library, {
    ...row,
    calls: wasTrained && (trainedTokens !== 0 || (spentUsd ?? 0) > 0) ? 1 : 0,
    promptTokens: trainedTokens ?? row.promptTokens,
    usd: spentUsd ?? 0,
    unpricedCalls: isPriced ? 0 : 1,
  });
  spent();
}
