import * as v from 'valibot';
import type { TuningEvent, TuningJobState, TuningMethod, TuningParameters } from '../../core/tuning/training/tuning-job';
import type { RemoteTuningJob } from '../tuning-service';
import { problemOfJob } from './openai-job';
import { name, optional, words } from './read-reply';

/** The kinds of jobs, each in a list of its own, by what they are called in addresses. */
export const fireworksKinds = { supervised: 'supervisedFineTuningJobs', dpo: 'dpoJobs' } as const satisfies Record<TuningMethod, string>;

const states: Readonly<Record<string, TuningJobState>> = {
  UNSPECIFIED: 'validating',
  CREATING: 'validating',
  CREATING_INPUT_DATASET: 'validating',
  VALIDATING: 'validating',
  PENDING: 'queued',
  RE_QUEUEING: 'queued',
  RUNNING: 'running',
  IDLE: 'running',
  ROLLOUT: 'running',
  EVALUATION: 'running',
  WRITING_RESULTS: 'running',
  CANCELLING: 'running',
  PAUSED: 'paused',
  COMPLETED: 'succeeded',
  EARLY_STOPPED: 'succeeded',
  FAILED: 'failed',
  EXPIRED: 'failed',
  CANCELLED: 'cancelled',
  DELETING: 'cancelled',
  DELETING_CLEANING_UP: 'cancelled',
};

const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
  v.minValue(0),
);
const number = optional(v.number());

export const fireworksJobSchema = v.object({
  name: v.pipe(name, v.regex(/^accounts\/[^/]+\/(supervisedFineTuningJobs|dpoJobs)\/[^/]+$/)),
  state: optional(name),
  createTime: optional(time),
  dataset: optional(name),
  updateTime: optional(time),
  completedTime: optional(time),
  displayName: optional(v.string()),
  status: optional(v.object({ code: optional(words), message: optional(words) })),
  baseModel: optional(name),
  outputModel: optional(name),
  epochs: number,
  batchSizeSamples: number,
  // Of preference jobs.
  trainingConfig: optional(v.object({ baseModel: optional(name), outputModel: optional(name), epochs: number, batchSizeSamples: number })),
  lossConfig: optional(v.object({ dpo: optional(v.object({ beta: number })) })),
  jobProgress: optional(v.object({ percent: number, epoch: number })),
  // An amount of money as Google writes it: whole units, as a text, and billionths.
  estimatedCost: optional(
    v.object({ currencyCode: optional(v.string()), units: optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))), nanos: number }),
  ),
});

type FireworksJob = v.InferOutput<typeof fireworksJobSchema>;

/** What has a name is a job that may cost something, whatever else it says: in a state that nobody knows, it waits. */
export function readFireworksJob(job: FireworksJob): RemoteTuningJob {
  const word = job.state?.replace('JOB_STATE_', '') ?? 'UNSPECIFIED';
  const state = (Object.hasOwn(states, word) && states[word]) || 'queued';
  const [, account, kind, id] = job.name.split('/');
  const output = job.outputModel ?? job.trainingConfig?.outputModel ?? id ?? '';
  const chosen = chosenOf(job);
  const cost = costOf(job.estimatedCost);
  return {
    remoteId: `${kind}/${id}`,
    model: job.baseModel ?? job.trainingConfig?.baseModel ?? '',
    state,
    createdAt: job.createTime ?? 0,
    resultFiles: [],
    ...(job.displayName ? { label: job.displayName } : {}),
    ...(job.dataset === undefined ? {} : { trainingFile: job.dataset }),
    ...(job.completedTime === undefined ? {} : { finishedAt: job.completedTime }),
    ...(Object.keys(chosen).length > 0 ? { chosen } : {}),
    ...(cost === undefined || state !== 'succeeded' ? {} : { spentUsd: cost }),
    ...(state === 'succeeded' ? { tunedModel: output.includes('/') ? output : `accounts/${account}/models/${output}` } : {}),
    ...(state === 'failed' ? { problem: problemOfJob(job.status?.code, job.status?.message) } : {}),
  };
}

function chosenOf(job: FireworksJob): TuningParameters {
  const parameters = {
    epochs: job.epochs ?? job.trainingConfig?.epochs,
    batchSize: job.batchSizeSamples ?? job.trainingConfig?.batchSizeSamples,
    beta: job.lossConfig?.dpo?.beta,
  };
  // A number that was left to the service is 0 until it has chosen.
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined && value > 0));
}

function costOf(cost: FireworksJob['estimatedCost']): number | undefined {
  if (!cost || (cost.currencyCode ?? 'USD') !== 'USD' || (cost.units === undefined && cost.nanos === undefined)) return undefined;
  return Number(cost.units ?? 0) + Math.max(0, cost.nanos ?? 0) / 1e9;
}

/** The service keeps no list of events: there is how far it is, and what it says last. */
export function eventsOfFireworksJob(job: FireworksJob): TuningEvent[] {
  const at = job.updateTime ?? job.completedTime ?? job.createTime ?? 0;
  const { percent, epoch } = job.jobProgress ?? {};
  const level = job.state === 'JOB_STATE_FAILED' || job.state === 'JOB_STATE_EXPIRED' ? 'error' : 'info';
  return [
    ...(percent === undefined
      ? []
      : [{ id: 'progress', at, level: 'info', text: `${Math.round(percent)} %${epoch === undefined ? '' : `, epoch ${epoch}`}` } as const]),
    ...(job.status?.message ? [{ id: 'status', at, level, text: job.status.message } as const] : []),
  ];
}
