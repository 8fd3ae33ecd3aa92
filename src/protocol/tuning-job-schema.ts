import * as v from 'valibot';
import type { Problem } from '../core/problem';
import {
  type TuningJob,
  type TuningJobCourse,
  type TuningJobId,
  type TuningParameters,
  type TuningPlan,
  tuningJobStates,
  tuningMethods,
  tuningServiceNames,
} from '../core/tuning/training/tuning-job';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const text = v.pipe(v.string(), v.maxLength(10_000));
const positive = v.pipe(v.number(), v.gtValue(0), v.maxValue(1_000_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.number(), v.finite());
const usd = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));

export const tuningServiceNameSchema = v.picklist(tuningServiceNames);

export const tuningJobIdSchema = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,100}$/),
  v.transform((value) => value as TuningJobId),
);

const parameters: v.GenericSchema<unknown, TuningParameters> = v.object({
  epochs: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
  batchSize: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
  learningRateMultiplier: v.exactOptional(positive),
  beta: v.exactOptional(positive),
  seed: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
});

export const tuningPlanSchema: v.GenericSchema<unknown, TuningPlan> = v.object({
  service: tuningServiceNameSchema,
  model: v.pipe(name, v.trim()),
  method: v.picklist(tuningMethods),
  parameters,
  suffix: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  withSystemPrompt: v.boolean(),
  withValidation: v.boolean(),
});

const file = v.object({ examples: count, tokens: count, bytes: count, sentBytes: count, remoteId: v.exactOptional(name) });

/** What a service chose is its own: it may be anything that is a number. */
const chosen: v.GenericSchema<unknown, TuningParameters> = v.object({
  epochs: v.exactOptional(v.number()),
  batchSize: v.exactOptional(v.number()),
  learningRateMultiplier: v.exactOptional(v.number()),
  beta: v.exactOptional(v.number()),
  seed: v.exactOptional(v.number()),
});

const problem = v.object({
  code: v.pipe(v.string(), v.regex(/^[a-z-]{1,100}$/)),
  detail: v.exactOptional(text),
  retryAfterMs: v.exactOptional(v.number()),
}) as unknown as v.GenericSchema<unknown, Problem>;

/** As it is in a backup, which may have been made, or changed, by anybody. */
const tuningJobSchema: v.GenericSchema<unknown, TuningJob> = v.object({
  id: tuningJobIdSchema,
  createdAt: time,
  plan: tuningPlanSchema,
  baseUrl: v.pipe(v.string(), v.maxLength(2_000), v.regex(/^https?:\/\//)),
  state: v.picklist(tuningJobStates),
  training: file,
  validation: v.exactOptional(file),
  remoteId: v.exactOptional(name),
  estimate: v.object({ epochs: v.number(), usd: v.exactOptional(usd), usdPerMillionTrained: v.exactOptional(usd) }),
  chosen: v.exactOptional(chosen),
  trainedTokens: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  spentUsd: v.exactOptional(usd),
  startedAt: v.exactOptional(time),
  estimatedFinishAt: v.exactOptional(time),
  finishedAt: v.exactOptional(time),
  tunedModel: v.exactOptional(name),
  problem: v.exactOptional(problem),
  isCancelling: v.exactOptional(v.literal(true)),
});

const measured = {
  trainingLoss: v.exactOptional(v.number()),
  trainingAccuracy: v.exactOptional(v.number()),
  validationLoss: v.exactOptional(v.number()),
  validationAccuracy: v.exactOptional(v.number()),
};

const tuningJobCourseSchema: v.GenericSchema<unknown, TuningJobCourse> = v.object({
  events: v.pipe(v.array(v.object({ id: name, at: time, level: v.picklist(['info', 'warning', 'error']), text })), v.maxLength(1_000)),
  metrics: v.pipe(v.array(v.object({ step: v.number(), ...measured })), v.maxLength(20_000)),
  checkpoints: v.pipe(
    v.array(v.object({ model: name, step: v.number(), metrics: v.exactOptional(v.object(measured)) })),
    v.maxLength(1_000),
  ),
});

/** A job and its course, as a line of a backup. What a service told is worth less than the job: what of it is not sound is left out. */
export const tuningJobLineSchema = v.object({
  job: tuningJobSchema,
  course: v.fallback(tuningJobCourseSchema, { events: [], metrics: [], checkpoints: [] }),
});
