import { localDay } from '../../../core/spending/local-day';
import type { UsageId, UsageRow } from '../../../core/spending/usage-row';
import type { TuningJob, TuningJobId } from '../../../core/tuning/training/tuning-job';

/** By which the row of a job is found, whoever looks for it: there is one of each. */
export function trainingUsageId(id: TuningJobId): UsageId {
  return `training-${id}` as UsageId;
}

/** What a job is expected to cost, to be set aside when it begins. */
export function trainingUsage({ id, createdAt, plan, baseUrl, training, estimate }: TuningJob): UsageRow {
  return {
    id: trainingUsageId(id),
    at: createdAt,
    day: localDay(createdAt),
    host: new URL(baseUrl).host,
    model: plan.model,
    purpose: 'training',
    calls: 1,
    promptTokens: training.tokens * estimate.epochs,
    cachedTokens: 0,
    completionTokens: 0,
    usd: estimate.usd ?? 0,
    unpricedCalls: estimate.usd === undefined ? 1 : 0,
  };
}
