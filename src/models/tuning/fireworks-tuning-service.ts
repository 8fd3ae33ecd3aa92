import * as v from 'valibot';
import { ProblemError, problemOf } from '../../core/problem';
import { hasEnded } from '../../core/tuning/training/tuning-job';
import type { ServerAddress } from '../model-server';
import type { NewTuningJob, RemoteTuningJob, TuningAvailability, TuningService } from '../tuning-service';
import { askService, replyOf } from './ask-service';
import { eventsOfFireworksJob, fireworksJobSchema, fireworksKinds, readFireworksJob } from './fireworks-job';
import { type FireworksRequest, fireworksRequest } from './fireworks-request';
import { uploadToFireworks } from './fireworks-upload';
import { name, optional, readList } from './read-reply';
import type { TuningSubject } from './tuning-problem';

const listLength = 100;
const accountSchema = v.object({ name: v.pipe(name, v.regex(/^accounts\/[\w-]+$/)), suspendState: optional(v.string()) });
const remoteId = /^(supervisedFineTuningJobs|dpoJobs)\/[\w-]+$/;

/**
 * Training at Fireworks, from its public documentation as it stood in September 2026: https://docs.fireworks.ai/fine-tuning/fine-tuning-via-api,
 * https://docs.fireworks.ai/fine-tuning/dpo-fine-tuning and the reference of datasets, supervised fine-tuning jobs and DPO jobs in
 * https://docs.fireworks.ai/api-reference. It takes OpenAI's chat and preference files. It knows no multiplier of the rate of learning, no seed and no
 * validation in preference jobs, pauses jobs only by itself, and puts its measurements at another server, which nobody allowed to be asked. A tuned model has
 * to be deployed there before it answers, which costs by the hour.
 */
export function fireworksTuningService(address: ServerAddress): TuningService {
  let knownAccount: string | undefined;
  const ask = <Schema extends v.GenericSchema>(
    schema: Schema,
    request: FireworksRequest,
    subject: TuningSubject,
    signal: AbortSignal,
    silenceMs?: number,
  ): Promise<v.InferOutput<Schema>> =>
    askService(
      address.apiKey,
      subject,
      signal,
      (within) => replyOf(schema, { asResponse: () => fireworksRequest(address, request, within) }),
      silenceMs,
    );

  return {
    name: 'fireworks',
    methods: ['supervised', 'dpo'],
    parameters: ['epochs', 'batchSize', 'beta'],
    canPause: false,
    availability,
    upload: async (file, signal) => uploadToFireworks(ask, await account(signal), file, signal),
    create,
    list,
    job: async (id, signal) => readFireworksJob(await described(id, signal)),
    course: async ({ remoteId: id }, signal) => ({
      events: eventsOfFireworksJob(await described(id, signal)),
      metrics: [],
      checkpoints: [],
    }),
    cancel,
    pause: () => Promise.reject(new ProblemError({ code: 'tuning-request-refused' })),
    resume: () => Promise.reject(new ProblemError({ code: 'tuning-request-refused' })),
  };

  /** The accounts that the key opens: nearly always one. */
  async function accounts(signal: AbortSignal) {
    const { accounts: listed } = await ask(
      v.object({ accounts: v.array(v.unknown()) }),
      { method: 'GET', path: '/accounts' },
      'account',
      signal,
    );
    return readList(accountSchema, listed);
  }

  async function account(signal: AbortSignal): Promise<string> {
    if (knownAccount !== undefined) return knownAccount;
    const [first] = await accounts(signal);
    if (!first) throw new ProblemError({ code: 'tuning-key-lacks-rights' });
    knownAccount = idOf(first);
    return knownAccount;
  }

  async function availability(signal: AbortSignal): Promise<TuningAvailability> {
    try {
      const [first] = await accounts(signal);
      if (!first) return { answer: 'no', problem: { code: 'tuning-key-lacks-rights' } };
      knownAccount = idOf(first);
      if ((first.suspendState ?? 'UNSUSPENDED') !== 'UNSUSPENDED') {
        return { answer: 'no', problem: { code: 'model-quota', detail: first.suspendState ?? '' } };
      }
      await listOf('supervised', signal, 1);
      return { answer: 'yes' };
    } catch (error) {
      signal.throwIfAborted();
      const problem = problemOf(error);
      return problem.code === 'model-busy' || problem.code === 'model-failed' ? { answer: 'unknown' } : { answer: 'no', problem };
    }
  }

  async function create(job: NewTuningJob, signal: AbortSignal): Promise<RemoteTuningJob> {
    const { epochs, batchSize, beta } = job.parameters;
    const training = {
      baseModel: job.model.includes('/') ? job.model : `accounts/fireworks/models/${job.model}`,
      ...(epochs === undefined ? {} : { epochs }),
      ...(batchSize === undefined ? {} : { batchSizeSamples: batchSize }),
      ...(job.suffix ? { outputModel: outputModelOf(job.suffix) } : {}),
    };
    const common = { dataset: job.trainingFile, displayName: job.label };
    const body =
      job.method === 'supervised'
        ? { ...common, ...training, ...(job.validationFile === undefined ? {} : { evaluationDataset: job.validationFile }) }
        : { ...common, trainingConfig: training, lossConfig: { method: 'DPO', ...(beta === undefined ? {} : { dpo: { beta } }) } };
    const path = `/accounts/${await account(signal)}/${fireworksKinds[job.method]}`;
    return readFireworksJob(await ask(fireworksJobSchema, { method: 'POST', path, body }, 'job', signal));
  }

  async function list(signal: AbortSignal): Promise<RemoteTuningJob[]> {
    const lists = [await listOf('supervised', signal, listLength), await listOf('dpo', signal, listLength)];
    return lists
      .flat()
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, listLength);
  }

  async function listOf(method: keyof typeof fireworksKinds, signal: AbortSignal, length: number): Promise<RemoteTuningJob[]> {
    const kind = fireworksKinds[method];
    const request = {
      method: 'GET',
      path: `/accounts/${await account(signal)}/${kind}`,
      query: { pageSize: String(length), orderBy: 'createTime desc' },
    } as const;
    const reply = await ask(v.object({ [kind]: v.optional(v.array(v.unknown()), []) }), request, 'account', signal);
    return readList(fireworksJobSchema, reply[kind] ?? []).map(readFireworksJob);
  }

  async function described(id: string, signal: AbortSignal) {
    if (!remoteId.test(id)) throw new ProblemError({ code: 'tuning-job-gone' });
    return ask(fireworksJobSchema, { method: 'GET', path: `/accounts/${await account(signal)}/${id}` }, 'job', signal);
  }

  /** The reply to a cancellation is empty. What has ended meanwhile cannot be stopped: then that it has is the answer. */
  async function cancel(id: string, signal: AbortSignal): Promise<RemoteTuningJob> {
    const before = readFireworksJob(await described(id, signal));
    if (hasEnded(before.state)) return before;
    try {
      await ask(v.unknown(), { method: 'POST', path: `/accounts/${await account(signal)}/${id}:cancel`, body: {} }, 'job', signal);
    } catch (error) {
      if (problemOf(error).code !== 'tuning-request-refused') throw error;
      const now = readFireworksJob(await described(id, signal));
      if (!hasEnded(now.state)) throw error;
      return now;
    }
    return readFireworksJob(await described(id, signal));
  }
}

function idOf({ name: full }: v.InferOutput<typeof accountSchema>): string {
  return full.replace('accounts/', '');
}

/** Names of models are small letters, digits and hyphens, and each is given once. */
function outputModelOf(suffix: string): string {
  const plain = suffix
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain || 'tuned'}-${crypto.randomUUID().slice(0, 8)}`.slice(-63);
}
