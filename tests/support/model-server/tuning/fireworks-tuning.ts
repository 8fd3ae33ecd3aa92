import { randomUUID } from 'node:crypto';
import type { RecordedRequest } from '../record-request';
import type { Reply } from '../reply';
import { faultOfLines, readTrainingData } from './training-data';
import { type RunState, TrainingRun } from './training-run';
import type { TuningDesk } from './tuning-desk';

const account = 'commonplace-tests';
const fewestExamples = 3;
const trainable = ['qwen3-4b', 'qwen3-8b', 'llama-v3p3-70b-instruct'].map((name) => `accounts/fireworks/models/${name}`);
const usdPerMillionTrained = 0.5;

const states: Readonly<Record<RunState, string>> = {
  validating: 'JOB_STATE_VALIDATING',
  queued: 'JOB_STATE_PENDING',
  running: 'JOB_STATE_RUNNING',
  paused: 'JOB_STATE_PAUSED',
  succeeded: 'JOB_STATE_COMPLETED',
  failed: 'JOB_STATE_FAILED',
  cancelled: 'JOB_STATE_CANCELLED',
};

interface Dataset {
  readonly id: string;
  readonly createTime: string;
  text?: string;
}

interface Job {
  readonly run: TrainingRun;
  readonly kind: string;
  readonly body: JobBody;
}

interface JobBody {
  readonly dataset: string;
  readonly displayName?: string;
  readonly evaluationDataset?: string;
  readonly baseModel?: string;
  readonly outputModel?: string;
  readonly epochs?: number;
  readonly batchSizeSamples?: number;
  readonly trainingConfig?: Pick<JobBody, 'baseModel' | 'outputModel' | 'epochs' | 'batchSizeSamples'>;
  readonly lossConfig?: { readonly method: string; readonly dpo?: { readonly beta?: number } };
}

/** A refusal in the form of gRPC's gateway: its codes are Google's (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The paths below `/accounts`, as Fireworks documents them, over the runs of the desk. */
export class FireworksTuning {
  private readonly datasets = new Map<string, Dataset>();
  private readonly jobs: Job[] = [];

  constructor(private readonly desk: TuningDesk) {}

  /** `undefined` for what is about something else. */
  async reply(request: RecordedRequest): Promise<Reply | undefined> {
    if (!/^\/accounts(\/|$)/.test(request.path)) return undefined;
    try {
      return { type: 'json', status: 200, body: await this.answer(request) };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { type: 'json', status: refusal.status, body: { code: refusal.code, message: refusal.message, details: [] } };
    }
  }

  private async answer({ method, path, query, body, form }: RecordedRequest): Promise<object> {
    const [, , owner, kind, place] = path.split('/');
    if (!owner) return { accounts: [this.describeAccount()], nextPageToken: '', totalSize: 1 };
    if (owner !== account) throw new Refusal(403, 7, `The key has no access to account ${owner}.`);
    const [id, verb] = place?.split(':') ?? [];
    if (kind === 'datasets') {
      if (!id) return this.createDataset(body as { datasetId: string });
      const dataset = this.datasets.get(id);
      if (!dataset) throw new Refusal(404, 5, `dataset "${id}" not found`);
      if (verb === 'upload') await this.fill(dataset, form);
      return describeDataset(dataset);
    }
    if (kind !== 'supervisedFineTuningJobs' && kind !== 'dpoJobs') throw new Refusal(404, 5, 'Not Found');
    if (!id) return method === 'POST' ? this.createJob(kind, body as JobBody) : this.listJobs(kind, Number(query.pageSize ?? 50));
    const job = this.jobs.find(({ run, kind: known }) => run.plan.id === id && known === kind);
    if (!job) throw new Refusal(404, 5, `job "${id}" not found`);
    if (verb !== 'cancel') return this.describeJob(job);
    if (job.run.hasEnded) throw new Refusal(400, 9, `job is in state ${states[job.run.state]} and cannot be cancelled`);
    job.run.cancel();
    return {};
  }

  private describeAccount(): object {
    const suspendState = this.desk.isClosed ? 'CREDIT_DEPLETED' : 'UNSUSPENDED';
    return { name: `accounts/${account}`, email: 'tests@commonplace.example', state: 'READY', suspendState };
  }

  private createDataset({ datasetId }: { readonly datasetId: string }): object {
    if (this.datasets.has(datasetId)) throw new Refusal(409, 6, `dataset "${datasetId}" already exists`);
    const dataset: Dataset = { id: datasetId, createTime: new Date().toISOString() };
    this.datasets.set(datasetId, dataset);
    return describeDataset(dataset);
  }

  private async fill(dataset: Dataset, form: FormData | undefined): Promise<void> {
    const file = form?.get('file');
    if (!(file instanceof File) || !file.name.endsWith('.jsonl')) throw new Refusal(400, 3, 'the dataset must be a .jsonl file');
    const text = await file.text();
    const fault = faultOfLines(text);
    if (fault) throw new Refusal(400, 3, `invalid dataset: ${fault}`);
    dataset.text = text;
  }

  private createJob(kind: string, body: JobBody): object {
    if (this.desk.isClosed) throw new Refusal(412, 9, 'The account is suspended: it has no credits left.');
    const training = kind === 'dpoJobs' ? (body.trainingConfig ?? {}) : body;
    const method = kind === 'dpoJobs' ? 'dpo' : 'supervised';
    if (!training.baseModel || !trainable.includes(training.baseModel)) {
      throw new Refusal(400, 3, `base model "${training.baseModel}" does not exist or is not tunable`);
    }
    const data = readTrainingData(this.textOf(body.dataset), method, fewestExamples);
    if (body.evaluationDataset) this.textOf(body.evaluationDataset);
    const id = randomUUID().slice(0, 8);
    const beta = body.lossConfig?.dpo?.beta;
    const run = new TrainingRun({
      id,
      model: training.baseModel,
      method,
      seed: 1,
      items: 'items' in data ? data.items : [],
      hasValidation: body.evaluationDataset !== undefined,
      outputModel: `accounts/${account}/models/${training.outputModel ?? id}`,
      epochs: training.epochs || 1,
      ...(training.batchSizeSamples ? { batchSize: training.batchSizeSamples } : {}),
      ...(beta === undefined ? {} : { beta }),
      ...('fault' in data ? { fault: { ...data.fault, param: null } } : {}),
    });
    this.desk.add(run);
    const job = { run, kind, body };
    this.jobs.push(job);
    return this.describeJob(job);
  }

  private textOf(name: string): string {
    const id = name.match(/^accounts\/commonplace-tests\/datasets\/([a-z0-9-]+)$/)?.[1];
    const text = id && this.datasets.get(id)?.text;
    if (!text) throw new Refusal(400, 3, `dataset "${name}" does not exist or is not ready`);
    return text;
  }

  private listJobs(kind: string, pageSize: number): object {
    const listed = this.jobs.filter((job) => job.kind === kind).reverse();
    return { [kind]: listed.slice(0, pageSize).map((job) => this.describeJob(job)), nextPageToken: '', totalSize: listed.length };
  }

  private describeJob({ run, kind, body }: Job): object {
    const { plan } = run;
    const usd = (run.trainedTokens * usdPerMillionTrained) / 1_000_000;
    const training = { baseModel: plan.model, outputModel: plan.outputModel, epochs: run.epochs, batchSizeSamples: run.batchSize };
    return {
      name: `accounts/${account}/${kind}/${plan.id}`,
      displayName: body.displayName ?? '',
      createTime: new Date(run.createdAtSeconds * 1_000).toISOString(),
      updateTime: new Date().toISOString(),
      ...(run.finishedAtSeconds ? { completedTime: new Date(run.finishedAtSeconds * 1_000).toISOString() } : {}),
      dataset: body.dataset,
      state: states[run.state],
      status: { code: run.error ? 'INVALID_ARGUMENT' : 'OK', message: run.error?.message ?? '' },
      jobProgress: { percent: Math.round((run.stepsDone / run.steps) * 100), epoch: Math.floor((run.stepsDone / run.steps) * run.epochs) },
      ...(kind === 'dpoJobs'
        ? { trainingConfig: training, lossConfig: body.lossConfig }
        : { ...training, evaluationDataset: body.evaluationDataset ?? '' }),
      ...(kind === 'dpoJobs'
        ? {}
        : { estimatedCost: { currencyCode: 'USD', units: String(Math.floor(usd)), nanos: Math.round((usd % 1) * 1e9) } }),
    };
  }
}

function describeDataset({ id, createTime, text }: Dataset): object {
  const name = `accounts/${account}/datasets/${id}`;
  return { name, createTime, state: text === undefined ? 'UPLOADING' : 'READY', userUploaded: {}, status: { code: 'OK', message: '' } };
}
