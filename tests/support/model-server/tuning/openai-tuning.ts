import { randomUUID } from 'node:crypto';
import { ApiError } from '../api-error';
import type { RecordedRequest } from '../record-request';
import type { Reply } from '../reply';
import { readTrainingData } from './training-data';
import { TrainingRun } from './training-run';
import type { TuningDesk } from './tuning-desk';

/** The models that can be trained, by the names that stand for them too. */
const trainable: Readonly<Record<string, string>> = {
  'gpt-4.1': 'gpt-4.1-2025-04-14',
  'gpt-4.1-mini': 'gpt-4.1-mini-2025-04-14',
  'gpt-4.1-nano': 'gpt-4.1-nano-2025-04-14',
  'gpt-4o': 'gpt-4o-2024-08-06',
  'gpt-4o-mini': 'gpt-4o-mini-2024-07-18',
  'gpt-3.5-turbo': 'gpt-3.5-turbo-0125',
  'test-chat': 'test-chat',
};

const columns: Readonly<Record<string, string>> = {
  step: 'step',
  train_loss: 'train_loss',
  train_accuracy: 'train_mean_token_accuracy',
  valid_loss: 'valid_loss',
  valid_mean_token_accuracy: 'valid_mean_token_accuracy',
};

interface Job {
  readonly run: TrainingRun;
  readonly trainingFile: string;
  readonly validationFile?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  resultFile?: string;
}

interface CreateBody {
  readonly model: string;
  readonly training_file: string;
  readonly validation_file?: string;
  readonly suffix?: string;
  readonly seed?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly method?: { readonly type?: string } & Readonly<Record<string, { readonly hyperparameters?: Readonly<Record<string, unknown>> }>>;
}

/** The endpoints of `/fine_tuning/jobs`, over the runs of the desk. */
export class OpenAiTuning {
  private readonly jobs: Job[] = [];

  constructor(private readonly desk: TuningDesk) {}

  /** `undefined` for what is about something else. @throws ApiError */
  reply({ method, path, query, body }: RecordedRequest): Reply | undefined {
    const [, group, kind, id, action] = path.split('/');
    if (group !== 'fine_tuning' || kind !== 'jobs') return undefined;
    if (!id) {
      if (method === 'POST') return json(this.create(body as CreateBody));
      return json(
        page(
          [...this.jobs].reverse(),
          query,
          ({ run }) => run.plan.id,
          (job) => this.describe(job),
        ),
      );
    }
    const job = this.jobs.find(({ run }) => run.plan.id === id);
    if (!job) throw new ApiError(404, `Could not find fine tune: ${id}`, { param: 'fine_tuning_job_id', code: 'fine_tune_not_found' });
    if (method === 'GET' && !action) return json(this.describe(job));
    if (method === 'GET' && action === 'events')
      return json(page([...job.run.events].reverse(), query, (event) => event.id, describeEvent));
    if (method === 'GET' && action === 'checkpoints') {
      return json(page(job.run.checkpointSteps().reverse(), query, checkpointId, (step) => this.describeCheckpoint(job, step)));
    }
    if (method === 'POST' && (action === 'cancel' || action === 'pause' || action === 'resume')) {
      const { run } = job;
      const mayBe = action === 'cancel' ? !run.hasEnded : run.state === (action === 'pause' ? 'running' : 'paused');
      if (!mayBe)
        throw new ApiError(400, `A job that is ${this.statusOf(run)} cannot be changed by ${action}.`, { code: 'invalid_job_state' });
      run[action]();
      return json(this.describe(job));
    }
    return undefined;
  }

  private create(body: CreateBody): object {
    if (this.desk.isClosed) {
      throw new ApiError(403, 'Fine-tuning is not available for this organization.', { code: 'training_not_available' });
    }
    const model = trainable[body.model] ?? Object.values(trainable).find((name) => name === body.model);
    if (!model) {
      throw new ApiError(400, `The model ${body.model} is not available for fine-tuning or does not exist.`, {
        param: 'model',
        code: 'model_not_available',
      });
    }
    const method = body.method?.type === 'dpo' ? 'dpo' : 'supervised';
    const chosen = body.method?.[method]?.hyperparameters ?? {};
    const training = this.trainingText(body.training_file, 'training_file');
    const data = readTrainingData(training, method, this.desk.fewestExamples);
    const validation = body.validation_file === undefined ? undefined : this.trainingText(body.validation_file, 'validation_file');
    const validationData = validation === undefined ? undefined : readTrainingData(validation, method, 1);
    const faults = [
      ...('fault' in data ? [{ ...data.fault, param: 'training_file' }] : []),
      ...(validationData && 'fault' in validationData
        ? [{ ...validationData.fault, code: 'invalid_validation_file', param: 'validation_file' }]
        : []),
    ];
    const number = (name: string) => (typeof chosen[name] === 'number' ? chosen[name] : undefined);
    const [epochs, batchSize, rate, beta] = ['n_epochs', 'batch_size', 'learning_rate_multiplier', 'beta'].map(number);
    const run = new TrainingRun({
      id: `ftjob-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      model,
      method,
      seed: body.seed ?? 1_204_887_325,
      items: 'items' in data ? data.items : [],
      hasValidation: body.validation_file !== undefined,
      ...(body.suffix ? { suffix: body.suffix } : {}),
      ...(epochs === undefined ? {} : { epochs }),
      ...(batchSize === undefined ? {} : { batchSize }),
      ...(rate === undefined ? {} : { rate }),
      ...(beta === undefined ? {} : { beta }),
      ...(faults[0] ? { fault: faults[0] } : {}),
    });
    this.desk.add(run);
    const job: Job = {
      run,
      trainingFile: body.training_file,
      ...(body.validation_file === undefined ? {} : { validationFile: body.validation_file }),
      ...(body.metadata ? { metadata: body.metadata } : {}),
    };
    this.jobs.push(job);
    return this.describe(job);
  }

  private trainingText(id: string, param: string): string {
    const file = this.desk.files.files.get(id);
    if (!file) throw new ApiError(400, `File '${id}' does not exist or was deleted.`, { param, code: 'invalid_file' });
    if (file.purpose !== 'fine-tune')
      throw new ApiError(400, `File '${id}' was not uploaded for fine-tuning.`, { param, code: 'invalid_file' });
    return file.bytes.toString('utf8');
  }

  private statusOf(run: TrainingRun): string {
    return run.state === 'validating' ? 'validating_files' : run.state;
  }

  private describe(job: Job): object {
    const { run, trainingFile, validationFile, metadata } = job;
    const { plan } = run;
    const known = run.state !== 'validating';
    const hyperparameters = {
      n_epochs: plan.epochs ?? (known ? run.epochs : 'auto'),
      batch_size: plan.batchSize ?? (known ? run.batchSize : 'auto'),
      learning_rate_multiplier: plan.rate ?? (known ? 1.8 : 'auto'),
    };
    return {
      object: 'fine_tuning.job',
      id: plan.id,
      model: plan.model,
      created_at: run.createdAtSeconds,
      finished_at: run.finishedAtSeconds ?? null,
      estimated_finish: run.state === 'running' ? Math.floor(Date.now() / 1_000) + (run.steps - run.stepsDone) * 2 : null,
      fine_tuned_model: run.state === 'succeeded' ? this.desk.nameOf(run) : null,
      organization_id: 'org-commonplace-tests',
      result_files: run.state === 'succeeded' ? [this.resultFileOf(job)] : [],
      status: this.statusOf(run),
      validation_file: validationFile ?? null,
      training_file: trainingFile,
      hyperparameters,
      trained_tokens: run.state === 'succeeded' || run.state === 'cancelled' ? run.trainedTokens : null,
      error: run.error ?? { code: null, message: null, param: null },
      integrations: [],
      seed: plan.seed,
      method: {
        type: plan.method,
        [plan.method]: {
          hyperparameters: { ...hyperparameters, ...(plan.method === 'dpo' ? { beta: plan.beta ?? (known ? 0.1 : 'auto') } : {}) },
        },
      },
      metadata: metadata ?? null,
    };
  }

  private resultFileOf(job: Job): string {
    if (job.resultFile) return job.resultFile;
    const shown = Object.entries(columns).filter(([name]) => !this.desk.hiddenColumns.includes(name));
    const rows = Array.from({ length: job.run.steps }, (_, index) => job.run.metricsAt(index + 1));
    const text = [shown.map(([name]) => name), ...rows.map((row) => shown.map(([, measure]) => row[measure] ?? ''))]
      .map((cells) => `${cells.join(',')}\n`)
      .join('');
    const bytes = Buffer.from(this.desk.resultsInBase64 ? Buffer.from(text).toString('base64') : text);
    job.resultFile = this.desk.files.add('step_metrics.csv', 'fine-tune-results', bytes);
    return job.resultFile;
  }

  private describeCheckpoint({ run }: Job, step: number): object {
    const metrics = run.metricsAt(step);
    return {
      object: 'fine_tuning.job.checkpoint',
      id: checkpointId(step),
      created_at: run.createdAtSeconds,
      fine_tuned_model_checkpoint: this.desk.nameOf(run, step),
      fine_tuning_job_id: run.plan.id,
      step_number: step,
      metrics,
    };
  }
}

function checkpointId(step: number): string {
  return `ftckpt_${step}`;
}

function describeEvent({ id, atSeconds, level, message, metrics }: TrainingRun['events'][number]): object {
  const common = { object: 'fine_tuning.job.event', id, created_at: atSeconds, level, message };
  return { ...common, type: metrics ? 'metrics' : 'message', data: metrics ?? {} };
}

const longestPage = 100;

/** A page of a list after an item, as OpenAI pages. */
function page<Item>(
  items: readonly Item[],
  { after, limit = '20' }: Readonly<Record<string, string>>,
  idOf: (item: Item) => string,
  describe: (item: Item) => object,
): object {
  const length = Number(limit);
  if (!Number.isInteger(length) || length < 1 || length > longestPage) {
    throw new ApiError(400, `Invalid value for 'limit': expected a whole number from 1 to ${longestPage}.`, { param: 'limit' });
  }
  const from = after === undefined ? 0 : items.findIndex((item) => idOf(item) === after) + 1;
  const shown = items.slice(from, from + length);
  return { object: 'list', data: shown.map(describe), has_more: from + length < items.length };
}

function json(body: unknown): Reply {
  return { type: 'json', status: 200, body };
}
