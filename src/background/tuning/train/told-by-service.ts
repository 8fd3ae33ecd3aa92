import { hasEnded, type TuningJob } from '../../../core/tuning/training/tuning-job';
import type { RemoteTuningJob } from '../../../models/tuning-service';
import type { StoredTuningJob } from '../../../storage/schema';

/** A job by what its service says of it. What has ended stays as it ended. */
export function toldByService(before: StoredTuningJob, remote: RemoteTuningJob, now: number): StoredTuningJob {
  if (hasEnded(before.job.state)) return before;
  const { creationSentAt: _, isCreationUnread: __, unansweredCreations: ___, ...record } = before;
  const job = jobAsTold(before.job, remote, now);
  const isSame = job.state === before.job.state && job.trainedTokens === before.job.trainedTokens;
  const told = { ...record, failures: 0, notBefore: 0, lookedAt: now, unchangedLooks: isSame ? before.unchangedLooks + 1 : 0, job };
  return hasEnded(job.state) ? ended(told) : told;
}

/** What is left to do for a job that has just ended. Of what the person cancelled there is nothing to tell them. */
export function ended(record: StoredTuningJob): StoredTuningJob {
  if (record.job.state === 'cancelled') return { ...record, leftToDo: ['tell-course', 'settle'] };
  return { ...record, leftToDo: ['announce', 'tell-course', 'settle'], isUnseen: true };
}

function jobAsTold({ problem: _, isCancelling, ...before }: TuningJob, remote: RemoteTuningJob, now: number): TuningJob {
  // Our own part is over.
  const state = remote.state === 'uploading' || remote.state === 'creating' ? 'validating' : remote.state;
  const isOver = hasEnded(state);
  const trainedTokens = amount(remote.trainedTokens) ?? before.trainedTokens;
  const { usdPerMillionTrained } = before.estimate;
  const isCounted = trainedTokens !== undefined && usdPerMillionTrained !== undefined;
  const counted = isCounted ? (trainedTokens * usdPerMillionTrained) / 1_000_000 : undefined;
  const spentUsd = isOver ? (amount(remote.spentUsd) ?? counted) : undefined;
  const hasStarted = state === 'running' || state === 'paused';
  const startedAt = before.startedAt ?? (hasStarted ? now : undefined);
  const estimatedFinishAt = isOver ? undefined : remote.estimatedFinishAt;
  const problem = state === 'failed' ? (remote.problem ?? { code: 'tuning-failed' as const }) : undefined;
  const { estimatedFinishAt: __, ...lasting } = before;
  return {
    ...lasting,
    remoteId: remote.remoteId,
    state,
    ...(remote.chosen ? { chosen: remote.chosen } : {}),
    ...(trainedTokens === undefined ? {} : { trainedTokens }),
    ...(spentUsd === undefined ? {} : { spentUsd }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(estimatedFinishAt === undefined ? {} : { estimatedFinishAt }),
    ...(isOver ? { finishedAt: remote.finishedAt ?? now } : {}),
    ...(remote.tunedModel === undefined ? {} : { tunedModel: remote.tunedModel }),
    ...(problem ? { problem } : {}),
    ...(isCancelling && !isOver ? { isCancelling } : {}),
  };
}

function amount(said: number | undefined): number | undefined {
  return said !== undefined && Number.isFinite(said) && said >= 0 ? said : undefined;
}
