import * as v from 'valibot';
import { type Problem, type ProblemCode, ProblemError, problemOf } from '../../core/problem';
import { mergeMetrics, readResultsFile } from '../../core/tuning/training/training-metrics';
import {
  hasEnded,
  type TrainingMetrics,
  type TuningEvent,
  type TuningMethod,
  type TuningParameters,
} from '../../core/tuning/training/tuning-job';
import { openModelServer, type ServerAddress } from '../model-server';
import type { ModelServerClient } from '../model-server-client';
import { readStart } from '../read-start';
import type { NewTuningJob, RemoteTuningJob, TuningAvailability, TuningService } from '../tuning-service';
import { askService, replyOf } from './ask-service';
import {
  labelKey,
  metricsOfEvent,
  openAiCheckpointSchema,
  openAiEventSchema,
  openAiJobSchema,
  readOpenAiCheckpoint,
  readOpenAiEvent,
  readOpenAiJob,
} from './openai-job';
import { uploadToOpenAi } from './openai-upload';
import { readList } from './read-reply';
import type { TuningSubject } from './tuning-problem';

const pageLength = 100;
const mostEventPages = 10;
const mostEvents = 1_000;
/** A row has some fifty characters: that is a hundred thousand steps. */
const mostResultCharacters = 5_000_000;
/** Asked about when nothing is to be trained. No file is ever called this, so no job can come of it. */
const noFile = 'file-commonplaceAsksIfThisIsOffered';
const modelToAskAbout = 'gpt-4o-mini-2024-07-18';

const listSchema = v.object({ data: v.array(v.unknown()), has_more: v.optional(v.unknown()) });

/**
 * Training as OpenAI offers it, and servers that speak like it (https://platform.openai.com/docs/api-reference/fine-tuning).
 * OpenAI has closed it to organisations that did not use it before, and ends it on 6 January 2027.
 */
export function openAiTuningService(address: ServerAddress): TuningService {
  const ask = <Schema extends v.GenericSchema>(
    subject: TuningSubject,
    schema: Schema,
    signal: AbortSignal,
    request: (jobs: ModelServerClient['fineTuning']['jobs'], options: { signal: AbortSignal }) => { asResponse(): Promise<Response> },
  ): Promise<v.InferOutput<Schema>> =>
    askService(address.apiKey, subject, signal, (within) =>
      replyOf(schema, request(openModelServer(address).fineTuning.jobs, { signal: within })),
    );
  const askForJob = async (signal: AbortSignal, request: Parameters<typeof ask>[3]): Promise<RemoteTuningJob> =>
    readOpenAiJob(await ask('job', openAiJobSchema, signal, request));
  const job = (remoteId: string, signal: AbortSignal) => askForJob(signal, (jobs, options) => jobs.retrieve(remoteId, options));
  /** What has ended meanwhile can be neither stopped nor held: then that it has is the answer. */
  const change = async (remoteId: string, signal: AbortSignal, what: 'cancel' | 'pause' | 'resume'): Promise<RemoteTuningJob> => {
    try {
      return await askForJob(signal, (jobs, options) => jobs[what](remoteId, options));
    } catch (error) {
      if (problemOf(error).code !== 'tuning-request-refused') throw error;
      const now = await job(remoteId, signal);
      if (!hasEnded(now.state)) throw error;
      return now;
    }
  };
  return {
    name: 'openai',
    methods: ['supervised', 'dpo'],
    parameters: ['epochs', 'batchSize', 'learningRateMultiplier', 'beta', 'seed'],
    canPause: true,
    availability: (signal) => availability(signal),
    upload: (file, signal) => uploadToOpenAi(address, file, signal),
    create: (plan, signal) => create(plan, signal),
    list: (signal) => list(signal),
    job,
    course: (of, signal) => course(of, signal),
    cancel: (remoteId, signal) => change(remoteId, signal, 'cancel'),
    pause: (remoteId, signal) => change(remoteId, signal, 'pause'),
    resume: (remoteId, signal) => change(remoteId, signal, 'resume'),
  };

  async function availability(signal: AbortSignal): Promise<TuningAvailability> {
    try {
      await ask('account', listSchema, signal, (jobs, options) => jobs.list({ limit: 1 }, options));
    } catch (error) {
      signal.throwIfAborted();
      return availabilityWithoutList(problemOf(error));
    }
    try {
      // The list is there for those too who may no longer train. What it answers to a file that is not there tells them apart.
      const made = await askForJob(signal, (jobs, options) => jobs.create({ model: modelToAskAbout, training_file: noFile }, options));
      await change(made.remoteId, signal, 'cancel');
      return { answer: 'yes' };
    } catch (error) {
      signal.throwIfAborted();
      return availabilityAfterRefusal(problemOf(error));
    }
  }

  async function create(plan: NewTuningJob, signal: AbortSignal): Promise<RemoteTuningJob> {
    const hyperparameters = hyperparametersOf(plan.method, plan.parameters);
    const { seed } = plan.parameters;
    return askForJob(signal, (jobs, options) =>
      jobs.create(
        {
          model: plan.model,
          training_file: plan.trainingFile,
          method: { type: plan.method, [plan.method]: { hyperparameters } },
          metadata: { [labelKey]: plan.label },
          ...(plan.validationFile === undefined ? {} : { validation_file: plan.validationFile }),
          ...(plan.suffix ? { suffix: plan.suffix } : {}),
          ...(seed === undefined ? {} : { seed }),
        },
        options,
      ),
    );
  }

  async function list(signal: AbortSignal): Promise<RemoteTuningJob[]> {
    const { data } = await ask('account', listSchema, signal, (jobs, options) => jobs.list({ limit: pageLength }, options));
    return readList(openAiJobSchema, data).map(readOpenAiJob);
  }

  async function course(of: RemoteTuningJob, signal: AbortSignal) {
    const { events, metrics } = await listEvents(of.remoteId, signal);
    const checkpoints = await orNothing(
      ask('job', listSchema, signal, (jobs, options) => jobs.checkpoints.list(of.remoteId, { limit: pageLength }, options)),
    );
    const results: TrainingMetrics[][] = [];
    for (const file of of.resultFiles) results.push((await orNothing(readResults(file, signal))) ?? []);
    return {
      events,
      metrics: mergeMetrics(metrics, ...results),
      checkpoints: readList(openAiCheckpointSchema, checkpoints?.data ?? [])
        .map(readOpenAiCheckpoint)
        .sort((a, b) => a.step - b.step),
    };
  }

  /** The newest come first, so the cap leaves out the oldest. What only says a measurement is no event to be read. */
  async function listEvents(remoteId: string, signal: AbortSignal): Promise<{ events: TuningEvent[]; metrics: TrainingMetrics[] }> {
    const events = new Map<string, TuningEvent>();
    const metrics: TrainingMetrics[] = [];
    let after: string | undefined;
    for (let page = 0; page < mostEventPages; page += 1) {
      const { data, has_more: hasMore } = await ask('job', listSchema, signal, (jobs, options) =>
        jobs.listEvents(remoteId, { limit: pageLength, ...(after === undefined ? {} : { after }) }, options),
      );
      const read = readList(openAiEventSchema, data);
      for (const event of read) {
        const measured = metricsOfEvent(event);
        if (measured) metrics.push(measured);
        else events.set(event.id, readOpenAiEvent(event));
      }
      const last = read.at(-1)?.id;
      if (hasMore !== true || last === undefined || last === after) break;
      after = last;
    }
    return { events: [...events.values()].slice(0, mostEvents).reverse(), metrics };
  }

  function readResults(file: string, signal: AbortSignal): Promise<TrainingMetrics[]> {
    return askService(address.apiKey, 'job', signal, async (within) => {
      const { body } = await openModelServer(address).files.content(file, { signal: within }).asResponse();
      const text = body ? await readStart(body, mostResultCharacters) : '';
      // Of what is longer, the row where it was cut off is no row.
      return readResultsFile(text.length < mostResultCharacters ? text : text.slice(0, Math.max(text.lastIndexOf('\n'), 0) || text.length));
    });
  }
}

/** Something else than a list is what servers answer to any address that they do not know. */
function availabilityWithoutList(problem: Problem): TuningAvailability {
  if (passing.has(problem.code)) return { answer: 'unknown' };
  return { answer: 'no', problem: problem.code === 'tuning-malformed' ? { ...problem, code: 'tuning-not-offered' } : problem };
}

/** What a refusal of the file that is not there says of the service. Servers with other models refuse the model first. */
function availabilityAfterRefusal(problem: Problem): TuningAvailability {
  if (problem.code === 'tuning-file-refused') return { answer: 'yes' };
  return unclear.has(problem.code) || passing.has(problem.code) ? { answer: 'unknown' } : { answer: 'no', problem };
}

const passing: ReadonlySet<ProblemCode> = new Set(['model-busy', 'model-failed']);
const unclear: ReadonlySet<ProblemCode> = new Set(['tuning-model-unknown', 'tuning-request-refused', 'tuning-malformed']);

function hyperparametersOf(method: TuningMethod, { epochs, batchSize, learningRateMultiplier, beta }: TuningParameters) {
  return {
    ...(epochs === undefined ? {} : { n_epochs: epochs }),
    ...(batchSize === undefined ? {} : { batch_size: batchSize }),
    ...(learningRateMultiplier === undefined ? {} : { learning_rate_multiplier: learningRateMultiplier }),
    ...(beta === undefined || method !== 'dpo' ? {} : { beta }),
  };
}

/** A service without checkpoints, or a file of results that has been deleted, is no reason to tell nothing. */
async function orNothing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && /^tuning-(job-gone|not-offered|malformed|file-refused)$/.test(error.problem.code))
      return undefined;
    throw error;
  }
}
