import * as v from 'valibot';
import type { Problem, ProblemCode } from '../../core/problem';
import { readMetrics } from '../../core/tuning/training/training-metrics';
import type { TuningCheckpoint, TuningEvent, TuningJobState, TuningParameters } from '../../core/tuning/training/tuning-job';
import type { RemoteTuningJob } from '../tuning-service';
import { count, name, optional, seconds, words } from './read-reply';

/** Where our label is in the metadata of a job. */
export const labelKey = 'commonplace_job';

const mostResultFiles = 10;
const number = optional(v.number());
const hyperparameters = optional(v.object({ n_epochs: number, batch_size: number, learning_rate_multiplier: number, beta: number }));
const method = optional(v.object({ hyperparameters }));

export const openAiJobSchema = v.object({
  id: name,
  status: optional(name),
  model: optional(name),
  created_at: optional(seconds),
  training_file: optional(name),
  estimated_finish: optional(seconds),
  finished_at: optional(seconds),
  trained_tokens: optional(count),
  fine_tuned_model: optional(name),
  seed: number,
  hyperparameters,
  method: optional(v.object({ supervised: method, dpo: method })),
  error: optional(v.object({ code: optional(words), message: optional(words) })),
  metadata: optional(v.record(v.string(), v.unknown())),
  result_files: optional(v.array(v.unknown())),
});

const states: Readonly<Record<string, TuningJobState>> = {
  validating_files: 'validating',
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** What has a name is a job that may cost something, whatever else it says: in a state that nobody knows, it waits. */
export function readOpenAiJob(job: v.InferOutput<typeof openAiJobSchema>): RemoteTuningJob {
  const state = (Object.hasOwn(states, job.status ?? '') && states[job.status ?? '']) || 'queued';
  const label = job.metadata?.[labelKey];
  const chosen = chosenOf(job);
  return {
    remoteId: job.id,
    model: job.model ?? '',
    state,
    createdAt: job.created_at ?? 0,
    resultFiles: (job.result_files ?? []).filter((file) => v.is(name, file)).slice(0, mostResultFiles),
    ...(typeof label === 'string' ? { label } : {}),
    ...(job.training_file === undefined ? {} : { trainingFile: job.training_file }),
    ...(job.estimated_finish === undefined ? {} : { estimatedFinishAt: job.estimated_finish }),
    ...(job.finished_at === undefined ? {} : { finishedAt: job.finished_at }),
    ...(job.trained_tokens === undefined ? {} : { trainedTokens: job.trained_tokens }),
    ...(job.fine_tuned_model === undefined ? {} : { tunedModel: job.fine_tuned_model }),
    ...(Object.keys(chosen).length > 0 ? { chosen } : {}),
    ...(state === 'failed' ? { problem: problemOfJob(job.error?.code, job.error?.message) } : {}),
  };
}

function chosenOf(job: v.InferOutput<typeof openAiJobSchema>): TuningParameters {
  const chosen = job.method?.dpo?.hyperparameters ?? job.method?.supervised?.hyperparameters ?? job.hyperparameters;
  const parameters = {
    epochs: chosen?.n_epochs,
    batchSize: chosen?.batch_size,
    learningRateMultiplier: chosen?.learning_rate_multiplier,
    beta: chosen?.beta,
    seed: job.seed,
  };
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined && Number.isFinite(value)));
}

/** Why a job failed, in words of ours as far as what the service says can be told apart. */
export function problemOfJob(code: string | undefined, message: string | undefined): Problem {
  const said = [code, message].filter(Boolean).join(': ');
  return { code: codeOfFailure(`${code ?? ''} ${message ?? ''}`), ...(said ? { detail: message ?? said } : {}) };
}

function codeOfFailure(said: string): ProblemCode {
  if (/quota|billing|hard_limit|insufficient funds/i.test(said)) return 'model-quota';
  if (/_file\b|n_examples|training file|validation file|dataset|moderation|unsafe|policy/i.test(said)) return 'tuning-file-refused';
  return 'tuning-failed';
}

export const openAiEventSchema = v.object({
  id: name,
  created_at: seconds,
  level: optional(v.string()),
  message: words,
  type: optional(v.string()),
  data: optional(v.record(v.string(), v.unknown())),
});

type OpenAiEvent = v.InferOutput<typeof openAiEventSchema>;

/** What was measured, if the event says that. */
export function metricsOfEvent({ type, data }: OpenAiEvent) {
  return data && type !== 'message' ? readMetrics(data) : undefined;
}

export function readOpenAiEvent({ id, created_at: at, level, message: text }: OpenAiEvent): TuningEvent {
  return { id, at, level: level === 'error' ? 'error' : level?.startsWith('warn') ? 'warning' : 'info', text };
}

export const openAiCheckpointSchema = v.object({
  fine_tuned_model_checkpoint: name,
  step_number: count,
  metrics: optional(v.record(v.string(), v.unknown())),
});

export function readOpenAiCheckpoint(checkpoint: v.InferOutput<typeof openAiCheckpointSchema>): TuningCheckpoint {
  const { step, ...metrics } = readMetrics(checkpoint.metrics ?? {}, checkpoint.step_number) ?? { step: checkpoint.step_number };
  const at = { model: checkpoint.fine_tuned_model_checkpoint, step: checkpoint.step_number };
  return Object.keys(metrics).length > 0 ? { ...at, metrics } : at;
}
