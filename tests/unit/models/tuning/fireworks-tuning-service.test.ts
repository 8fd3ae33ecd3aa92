import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../../src/core/models/retry-delay';
import { ProblemError, problemOf } from '../../../../src/core/problem';
import type { TuningParameters } from '../../../../src/core/tuning/training/tuning-job';
import { type AskAccount, uploadToFireworks } from '../../../../src/models/tuning/fireworks-upload';
import { openTuningService } from '../../../../src/models/tuning/open-tuning-service';
import type { NewTuningJob, TuningService, UploadProgress } from '../../../../src/models/tuning-service';
import { type ModelServer, startModelServer } from '../../../support/model-server';
import { loadRequestValidator } from '../../../support/openapi-validation';
import { sendingFile } from '../../../support/sending-file';
import { tuningFile } from '../../../support/tuning-file';

let server: ModelServer;
const { signal } = new AbortController();

beforeAll(async () => {
  server = await startModelServer({ apiKey: 'fw-test-1234567890', validator: loadRequestValidator() });
});
afterEach(() => {
  server.recover();
  server.tuning.isClosed = false;
  expect(server.violations).toEqual([]);
});
afterAll(() => server.close());

const service = (apiKey = 'fw-test-1234567890') => openTuningService('fireworks', { baseUrl: server.url, apiKey });

async function begin(changes: Partial<NewTuningJob> & { examples?: number } = {}) {
  const { examples = 12, ...rest } = changes;
  const trainingFile = await service().upload(sendingFile(tuningFile(examples, rest.method)), signal);
  return service().create({ model: 'qwen3-8b', method: 'supervised', parameters: {}, label: 'label-1', trainingFile, ...rest }, signal);
}

describe('whether Fireworks would train', () => {
  it('is told by the account and its jobs, and nothing is made', async () => {
    const before = server.requests.length;
    expect(await service().availability(signal)).toEqual({ answer: 'yes' });
    expect(server.requests.slice(before).map(({ method }) => method)).not.toContain('POST');
  });

  it('is denied to an account without credit', async () => {
    server.tuning.isClosed = true;
    expect(await service().availability(signal)).toMatchObject({ answer: 'no', problem: { code: 'model-quota' } });
  });

  it.each([
    ['key-refused', 'model-key-refused'],
    ['drop', 'model-unreachable'],
    ['html', 'tuning-malformed'],
  ] as const)('is denied with its reason at %s', async (kind, code) => {
    server.fail({ kind });
    expect(await service().availability(signal)).toMatchObject({ answer: 'no', problem: { code } });
  });

  it('is asked at the address of its models too', async () => {
    const baseUrl = server.url.replace('/v1', '/inference/v1');
    const elsewhere = openTuningService('fireworks', { baseUrl, apiKey: 'fw-test-1234567890' });
    expect(await elsewhere.availability(signal)).toEqual({ answer: 'yes' });
  });
});

describe('a dataset at Fireworks', () => {
  it('is made, filled and ready', async () => {
    const file = sendingFile(tuningFile(5));
    expect(await service().upload(file, signal)).toMatch(/^accounts\/commonplace-tests\/datasets\/commonplace-[0-9a-f-]{36}$/);
    expect(file.noted.map(({ sentBytes }) => sentBytes)).toEqual([0, file.data.size]);
  });

  it.each([
    ['before it was made', '/accounts/commonplace-tests/datasets', 'server-error'],
    ['when the reply to that was lost', '/accounts/commonplace-tests/datasets', 'drop'],
    ['in the middle of the file', '/accounts/commonplace-tests/datasets/:', 'server-error'],
    ['when the reply to the file was lost', '/accounts/commonplace-tests/datasets/:', 'drop'],
  ] as const)('that was cut off %s goes on under the same name', async (_, path, kind) => {
    const cut = sendingFile(tuningFile(5));
    server.fail({ kind, path });
    await expect(service().upload(cut, signal)).rejects.toMatchObject({ problem: { code: expect.stringMatching(/^model-/) } });
    const { dataset } = JSON.parse(cut.noted.at(-1)?.token ?? '{}');
    expect(await service().upload(sendingFile(cut.data, cut.noted.at(-1)), signal)).toBe(`accounts/commonplace-tests/datasets/${dataset}`);
  });

  it('is asked for again after a 429', async () => {
    server.fail({ kind: 'rate-limited', path: '/accounts/commonplace-tests/datasets/:', retryAfterSeconds: 0.01 });
    const file = sendingFile(tuningFile(5));
    await service().upload(file, signal);
    expect(file.noted.at(-1)?.sentBytes).toBe(file.data.size);
  });

  it('is refused in words that say what to mend', async () => {
    await expect(service().upload(sendingFile(new Blob(['no JSON\n'])), signal)).rejects.toMatchObject({
      problem: { code: 'tuning-file-refused', detail: expect.stringContaining('Line 1') },
    });
  });

  it('that is sent whole three times without a word in reply is not sent again unless the person wants it', async () => {
    let sendings = 0;
    const silent: AskAccount = (schema, { path }) => {
      if (!path.endsWith(':upload')) return Promise.resolve(v.parse(schema, { state: 'UPLOADING' }));
      sendings += 1;
      return Promise.reject(new ProblemError({ code: 'model-silent' }));
    };
    const codes: unknown[] = [];
    const names = new Set<unknown>();
    let progress: UploadProgress | undefined;
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const file = sendingFile(tuningFile(5), progress);
      codes.push(await uploadToFireworks(silent, 'me', file, signal).catch((error: unknown) => problemOf(error).code));
      progress = file.noted.at(-1);
      names.add(JSON.parse(progress?.token ?? '{}').dataset);
    }
    expect(codes).toEqual(['model-silent', 'model-silent', 'tuning-upload-silent', 'model-silent']);
    expect([sendings, names.size]).toEqual([4, 1]);
    expect(retryDelayMs({ code: 'tuning-upload-silent' }, 1)).toBeUndefined();
  });

  it('that is too large for one request is not sent', async () => {
    const before = server.requests.length;
    const large = { size: 150_000_001 } as Blob;
    await expect(service().upload(sendingFile(large), signal)).rejects.toMatchObject({ problem: { code: 'tuning-file-too-large' } });
    expect(server.requests.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('a job at Fireworks', () => {
  it.each<[NewTuningJob['method'], TuningParameters]>([
    ['supervised', { epochs: 2, batchSize: 4 }],
    ['dpo', { epochs: 3, batchSize: 2, beta: 0.2 }],
  ])('is %s as it was planned, and says so again', async (method, parameters) => {
    const job = await begin({ method, parameters, suffix: 'Marv, the second', label: `label-${method}` });
    expect(job).toMatchObject({
      state: 'validating',
      model: 'accounts/fireworks/models/qwen3-8b',
      chosen: parameters,
      label: `label-${method}`,
    });
    expect(await service().job(job.remoteId, signal)).toEqual(job);
    expect((await service().list(signal)).find(({ label }) => label === `label-${method}`)).toEqual(job);
  });

  it('passes through its states to a model, with what it cost', async () => {
    const validationFile = await service().upload(sendingFile(tuningFile(3)), signal);
    const { remoteId } = await begin({ parameters: { epochs: 2, batchSize: 2 }, suffix: 'towers', validationFile });
    const states: string[] = [];
    for (const steps of [1, 1, 6, 6, 1]) {
      server.tuning.advance(steps);
      states.push((await service().job(remoteId, signal)).state);
    }
    expect(states).toEqual(['queued', 'running', 'running', 'running', 'succeeded']);
    const done = await service().job(remoteId, signal);
    expect(done.tunedModel).toMatch(/^accounts\/commonplace-tests\/models\/towers-[0-9a-f]{8}$/);
    const tokens = server.tuning.runs.at(-1)?.trainedTokens ?? 0;
    expect(done.spentUsd).toBeCloseTo((tokens * 0.5) / 1_000_000, 8);
  });

  it('tells how far it is, and why it failed', async () => {
    const { remoteId } = await begin({ parameters: { epochs: 2, batchSize: 2 } });
    for (const steps of [1, 1, 3]) server.tuning.advance(steps);
    const running = await service().job(remoteId, signal);
    expect((await service().course(running, signal)).events).toMatchObject([{ text: '25 %, epoch 0', level: 'info' }]);
    server.tuning.failJobs('INTERNAL', 'The trainer was lost.');
    const failed = await service().job(remoteId, signal);
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'tuning-failed', detail: 'The trainer was lost.' } });
    expect((await service().course(failed, signal)).events.at(-1)).toMatchObject({ text: 'The trainer was lost.', level: 'error' });
  });

  it('is cancelled; one that has ended is as it is', async () => {
    const { remoteId } = await begin();
    expect((await service().cancel(remoteId, signal)).state).toBe('cancelled');
    const other = await begin();
    server.tuning.finish();
    expect((await service().cancel(other.remoteId, signal)).state).toBe('succeeded');
  });

  it.each([
    ['a model that is not trained', { model: 'no-model' }, 'tuning-model-unknown'],
    ['a dataset that is gone', { trainingFile: 'accounts/commonplace-tests/datasets/gone' }, 'tuning-file-refused'],
  ])('is refused over %s', async (_, changes, code) => {
    await expect(begin(changes)).rejects.toMatchObject({ problem: { code } });
  });

  it.each(['supervisedFineTuningJobs/gone', 'dpoJobs/../../elsewhere', ''])('that the account does not have is gone: %s', async (id) => {
    await expect(service().job(id, signal)).rejects.toMatchObject({ problem: { code: 'tuning-job-gone' } });
  });

  it('whose reply was lost is found again by its label', async () => {
    server.fail({ kind: 'drop', path: '/accounts/commonplace-tests/dpoJobs' });
    await expect(begin({ method: 'dpo', label: 'label-lost' })).rejects.toMatchObject({ problem: { code: 'model-unreachable' } });
    expect((await service().list(signal)).filter(({ label }) => label === 'label-lost')).toHaveLength(1);
  });
});

describe('what a server says that is no such service', () => {
  const job = { name: 'accounts/a/dpoJobs/one', createTime: '2026-09-01T08:00:00Z', state: 'JOB_STATE_RUNNING' };

  /** Answers each path with its reply, all others with the account. */
  async function odd<Answer>(reply: unknown, ask: (service: TuningService) => Promise<Answer>): Promise<Answer> {
    const strange = createServer(({ url }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(url?.endsWith('/accounts') ? { accounts: [null, { name: 'accounts/a' }] } : reply));
    });
    await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
    try {
      return await ask(
        openTuningService('fireworks', { baseUrl: `http://127.0.0.1:${(strange.address() as AddressInfo).port}/v1`, apiKey: '' }),
      );
    } finally {
      strange.close();
    }
  }

  it.each([
    ['null', null],
    ['a list', []],
    ['a name of something else', { ...job, name: 'accounts/a/models/one' }],
  ])('%s is a problem and no crash', async (_, reply) => {
    await expect(odd(reply, (one) => one.job('dpoJobs/one', signal))).rejects.toMatchObject({ problem: { code: 'tuning-malformed' } });
  });

  it('what is odd about the rest of a job is left out', async () => {
    const reply = {
      ...job,
      displayName: 7,
      jobProgress: 'half',
      estimatedCost: { units: 'many' },
      epochs: 0,
      trainingConfig: { epochs: '3' },
    };
    expect(await odd(reply, (one) => one.job('dpoJobs/one', signal))).toEqual({
      remoteId: 'dpoJobs/one',
      model: '',
      state: 'running',
      createdAt: Date.parse(job.createTime),
      resultFiles: [],
    });
  });

  it.each([
    ['a time that is none', { ...job, createTime: 'yesterday' }, 'running'],
    ['a state that nobody knows', { ...job, state: 'JOB_STATE_DREAMING' }, 'queued'],
    ['a state of other words', { ...job, state: 'dreaming' }, 'queued'],
  ])('%s is no reason to overlook a job', async (_, odder, state) => {
    const labelled = { ...odder, displayName: 'one', dataset: 'accounts/a/datasets/d' };
    expect(await odd({ dpoJobs: [labelled] }, (one) => one.list(signal))).toMatchObject([
      { remoteId: 'dpoJobs/one', label: 'one', trainingFile: 'accounts/a/datasets/d', state },
    ]);
  });

  it('what is no job in a list is left out', async () => {
    const jobs = await odd({ dpoJobs: [null, 5, { ...job, name: 'accounts/a/models/one' }, job] }, (one) => one.list(signal));
    expect(jobs.map(({ remoteId }) => remoteId)).toEqual(['dpoJobs/one']);
  });
});
