import { retryDelayMs } from '../../../core/models/retry-delay';
import type { Problem } from '../../../core/problem';
import { hasEnded } from '../../../core/tuning/training/tuning-job';
import type { StoredTuningJob } from '../../../storage/schema';

/** While somebody looks on, and just after something has changed. */
const shortestLookMs = 60_000;
const longestLookMs = 8 * 60_000;
/** Until a cancelled job has stopped, it may go on costing. */
const cancellingLookMs = 10_000;

/**
 * Longer than a creation takes: two requests, of which each is waited for 90 s at most, for a service may be asked first for what the second needs. One that
 * has no such job by then, in the list of all, was never asked for it: only then may it be asked again.
 */
export const creationSettledMs = 240_000;

/** A line that is down for a night is tried all through it. */
export const longestDelayMs = 10 * 60_000;
/** What a server may ask for. */
const longestAskedDelayMs = 24 * 3_600_000;

/** When a job is to be gone on with, in milliseconds since 1970; `undefined` when nothing is left to do, or only the person can set it going. */
export function dueAt(record: StoredTuningJob, isWatched: boolean): number | undefined {
  const due = Math.max(record.notBefore, ownTime(record, isWatched));
  return Number.isFinite(due) ? due : undefined;
}

function ownTime({ job, creationSentAt, lookedAt, unchangedLooks, leftToDo, isCancelSent }: StoredTuningJob, isWatched: boolean): number {
  if (hasEnded(job.state)) return leftToDo.length > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (job.remoteId === undefined) return creationSentAt === undefined ? 0 : creationSentAt + creationSettledMs;
  if (lookedAt === undefined || (job.isCancelling && !isCancelSent)) return 0;
  if (job.isCancelling) return lookedAt + cancellingLookMs;
  return lookedAt + (isWatched ? shortestLookMs : Math.min(longestLookMs, shortestLookMs * 2 ** unchangedLooks));
}

/** How long to wait after something went wrong; `Infinity` when only the person can do something about it. */
export function delayAfterMs(problem: Problem, failures: number): number {
  const delayMs = retryDelayMs({ code: problem.code }, failures);
  if (delayMs === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(Math.min(delayMs, longestDelayMs), Math.min(problem.retryAfterMs ?? 0, longestAskedDelayMs));
}
