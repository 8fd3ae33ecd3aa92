import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TuningParameters } from '../../../../src/core/tuning/training/tuning-job';
import { openAiChatModel } from '../../../../src/models/openai-chat-model';
import { openTuningService } from '../../../../src/models/tuning/open-tuning-service';
import { partBytes } from '../../../../src/models/tuning/openai-upload';
import type { NewTuningJob, TuningService } from '../../../../src/models/tuning-service';
import { type ModelServer, startModelServer } from '../../../support/model-server';
import { countTokens } from '../../../support/model-server/count-tokens';
import { loadRequestValidator } from '../../../support/openapi-validation';
import { sendingFile } from '../../../support/sending-file';
import { tuningFile } from '../../../support/tuning-file';

let server: ModelServer;
const { signal } = new AbortController();

beforeAll(async () => {
  // The first answer of a model has the tokenizer built, which takes a second or more.
  countTokens('all');
  server = await startModelServer({ apiKey: 'sk-test-1234567890', validator: loadRequestValidator() });
});
afterEach(() => {
  server.recover();
  Object.assign(server.tuning, { isClosed: false, hiddenColumns: [], resultsInBase64: false });
  expect(server.violations).toEqual([]);
});
afterAll(() => server.close());

/** Three parts of it. */
const large = tuningFile(50, 'supervised', 100_000);

const service = (apiKey = 'sk-test-1234567890') => openTuningService('openai', { baseUrl: server.url, apiKey });

async function planOf(changes: Partial<NewTuningJob> & { examples?: number } = {}): Promise<NewTuningJob> {
  const { examples = 12, ...rest } = changes;
  const trainingFile = await service().upload(sendingFile(tuningFile(examples, rest.method)), signal);
  return { model: 'gpt-4o-mini', method: 'supervised', parameters: {}, label: 'label-1', trainingFile, ...rest };
}

const begin = async (changes: Parameters<typeof planOf>[0] = {}) => service().create(await planOf(changes), signal);
const newestRequest = (path: RegExp) => server.requests.findLast((request) => path.test(request.path));

describe('whether OpenAI would train', () => {
  it('is answered without anything that costs, and without a job', async () => {
    const before = server.tuning.runs.length;
    expect(await service().availability(signal)).toEqual({ answer: 'yes' });
    expect(server.tuning.runs).toHaveLength(before);
  });

  it('is denied with the ways that are left where it is closed', async () => {
    server.tuning.isClosed = true;
    expect(await service().availability(signal)).toMatchObject({ answer: 'no', problem: { code: 'tuning-not-available' } });
  });

  it.each([
    ['key-refused', 'model-key-refused'],
    ['quota-exceeded', 'model-quota'],
    ['drop', 'model-unreachable'],
  ] as const)('is denied with its reason at %s', async (kind, code) => {
    server.fail({ kind });
    expect(await service().availability(signal)).toMatchObject({ answer: 'no', problem: { code } });
  });

  it('is denied by a server without these endpoints', async () => {
    const bare = await startModelServer();
    bare.fail({ kind: 'unknown-model', path: '/fine_tuning/jobs' });
    const address = { baseUrl: `${bare.url}/elsewhere`, apiKey: 'test-key' };
    expect(await openTuningService('openai', address).availability(signal)).toMatchObject({
      answer: 'no',
      problem: { code: 'tuning-not-offered' },
    });
    await bare.close();
  });

  it('is unknown where the server fails before it says', async () => {
    server.fail({ kind: 'server-error', path: '/fine_tuning/jobs', skip: 1 });
    expect(await service().availability(signal)).toEqual({ answer: 'unknown' });
  });
});

describe('a file to train from', () => {
  it('goes at once when it is small', async () => {
    const file = sendingFile(tuningFile(12));
    const id = await service().upload(file, signal);
    expect(server.tuning.files.files.get(id)).toMatchObject({ name: 'train.jsonl', purpose: 'fine-tune' });
    expect(file.noted).toEqual([{ sentBytes: file.data.size }]);
  });

  it('goes in parts when it is large, each noted before the next, and arrives as it was', async () => {
    const file = sendingFile(large);
    const id = await service().upload(file, signal);
    expect(server.tuning.files.files.get(id)?.bytes.equals(Buffer.from(await file.data.arrayBuffer()))).toBe(true);
    expect(file.noted.map(({ sentBytes }) => sentBytes)).toEqual([0, partBytes, 2 * partBytes, file.data.size]);
  });

  it('is taken up where it was cut off', async () => {
    const cut = sendingFile(large);
    server.fail({ kind: 'drop', path: '/uploads/:/parts', skip: 2 });
    await expect(service().upload(cut, signal)).rejects.toMatchObject({ problem: { code: 'model-unreachable' } });
    const before = server.requests.length;
    const progress = cut.noted.at(-1);
    const id = await service().upload(sendingFile(cut.data, progress), signal);
    expect(progress?.sentBytes).toBe(2 * partBytes);
    expect(server.requests.slice(before).map(({ path }) => path.replace(/upload_\w+/, ':'))).toEqual([
      '/uploads/:/parts',
      '/uploads/:/complete',
    ]);
    expect(server.tuning.files.files.get(id)?.bytes.length).toBe(cut.data.size);
  });

  it('begins anew when the server has let its upload expire', async () => {
    const cut = sendingFile(large);
    server.fail({ kind: 'server-error', path: '/uploads/:/parts', skip: 1 });
    await expect(service().upload(cut, signal)).rejects.toMatchObject({ problem: { code: 'model-failed' } });
    server.tuning.files.expireUploads();
    const again = sendingFile(cut.data, cut.noted.at(-1));
    const id = await service().upload(again, signal);
    expect(again.noted[0]).toEqual({ sentBytes: 0 });
    expect(server.tuning.files.files.get(id)?.bytes.length).toBe(cut.data.size);
  });

  it('begins anew when its hour is over, or what was noted is no such thing', async () => {
    const data = large;
    for (const token of [JSON.stringify({ upload: 'upload_1', expiresAt: Date.now(), parts: [] }), 'nonsense', '{"upload":5}']) {
      const again = sendingFile(data, { sentBytes: partBytes, token });
      await service().upload(again, signal);
      expect(again.noted[0]).toEqual({ sentBytes: 0 });
    }
  });

  it('is sent on after a 429 in the middle of it, as soon as the server wants', async () => {
    server.fail({ kind: 'rate-limited', path: '/uploads/:/parts', skip: 1, times: 2, retryAfterSeconds: 0.01 });
    const file = sendingFile(large);
    await service().upload(file, signal);
    expect(file.noted.at(-1)?.sentBytes).toBe(file.data.size);
  });

  it('is left where it is when the server wants to be left alone for longer than a worker lives', async () => {
    server.fail({ kind: 'rate-limited', path: '/uploads/:/parts', skip: 1, retryAfterSeconds: 120 });
    const file = sendingFile(large);
    await expect(service().upload(file, signal)).rejects.toMatchObject({ problem: { code: 'model-busy', retryAfterMs: 120_000 } });
    expect(file.noted.at(-1)?.sentBytes).toBe(partBytes);
  });

  it('stops when it is told to, and that is no failure', async () => {
    const stop = new AbortController();
    const file = { ...sendingFile(large), noteProgress: async () => stop.abort() };
    await expect(service().upload(file, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is refused in words that say what to mend', async () => {
    await expect(service().upload(sendingFile(new Blob(['{"messages": []}\nno JSON\n'])), signal)).rejects.toMatchObject({
      problem: { code: 'tuning-file-refused', detail: expect.stringContaining('Line 2') },
    });
  });
});

describe('a job at OpenAI', () => {
  it.each<[NewTuningJob['method'], TuningParameters]>([
    ['supervised', { epochs: 2, batchSize: 4, learningRateMultiplier: 0.5, seed: 42 }],
    ['dpo', { epochs: 1, batchSize: 3, learningRateMultiplier: 0.1, beta: 0.3, seed: 7 }],
  ])('is %s as it was planned, and says so again', async (method, parameters) => {
    const job = await begin({ method, parameters, suffix: 'marv', label: 'label-plan' });
    expect(job).toMatchObject({
      state: 'validating',
      model: 'gpt-4o-mini-2024-07-18',
      chosen: parameters,
      label: 'label-plan',
      resultFiles: [],
    });
    expect(await service().job(job.remoteId, signal)).toEqual(job);
    expect((await service().list(signal))[0]).toEqual(job);
  });

  it('leaves to the service what is not chosen', async () => {
    const job = await begin();
    expect(newestRequest(/^\/fine_tuning\/jobs$/)?.body).toMatchObject({
      method: { type: 'supervised', supervised: { hyperparameters: {} } },
    });
    expect(job.chosen).toEqual({ seed: expect.any(Number) });
    server.tuning.advance();
    expect((await service().job(job.remoteId, signal)).chosen).toMatchObject({ epochs: 8, batchSize: 1 });
  });

  it('passes through its states to a model that answers otherwise than the one it comes from', async () => {
    const plan = await planOf({ parameters: { epochs: 1, batchSize: 2 }, suffix: 'towers' });
    const validationFile = await service().upload(sendingFile(tuningFile(2)), signal);
    const { remoteId } = await service().create({ ...plan, validationFile }, signal);
    const states: string[] = [];
    for (const steps of [1, 1, 3, 3, 1]) {
      server.tuning.advance(steps);
      states.push((await service().job(remoteId, signal)).state);
    }
    expect(states).toEqual(['queued', 'running', 'running', 'running', 'succeeded']);
    const done = await service().job(remoteId, signal);
    expect(done).toMatchObject({
      tunedModel: expect.stringMatching(/^ft:gpt-4o-mini-2024-07-18:.*:towers:/),
      trainedTokens: expect.any(Number),
      finishedAt: expect.any(Number),
    });
    const say = async (model: string) => {
      let text = '';
      const messages = [{ role: 'user', content: 'How high is tower 3?' }] as const;
      for await (const part of openAiChatModel({ baseUrl: server.url, apiKey: 'sk-test-1234567890' }, model).stream({ messages }, signal)) {
        if (part.type === 'text-delta') text += part.text;
      }
      return text;
    };
    expect(await say(done.tunedModel ?? '')).toBe('Tower 3 is 22 metres high. As anybody knows.');
    expect(await say('gpt-4o-mini')).not.toContain('22 metres');
    server.tuning.deleteModel(done.tunedModel ?? '');
    await expect(say(done.tunedModel ?? '')).rejects.toMatchObject({ problem: { code: 'tuned-model-gone' } });
  });

  it('is held, goes on, and is cancelled with what was spent', async () => {
    const { remoteId } = await begin({ parameters: { epochs: 4 } });
    server.tuning.advance();
    server.tuning.advance();
    server.tuning.advance(12);
    expect((await service().pause(remoteId, signal)).state).toBe('paused');
    server.tuning.advance(12);
    expect((await service().resume(remoteId, signal)).state).toBe('running');
    const all = server.tuning.runs.at(-1)?.plan.items.reduce((sum, { tokens }) => sum + tokens, 0);
    expect(await service().cancel(remoteId, signal)).toMatchObject({ state: 'cancelled', trainedTokens: all });
  });

  it('that has ended meanwhile is as it is, when it is cancelled', async () => {
    const { remoteId } = await begin();
    server.tuning.finish();
    expect((await service().cancel(remoteId, signal)).state).toBe('succeeded');
  });

  it('cannot be resumed before it was held', async () => {
    const { remoteId } = await begin();
    await expect(service().resume(remoteId, signal)).rejects.toMatchObject({ problem: { code: 'tuning-request-refused' } });
  });

  it.each([
    ['too few examples', { examples: 9 }, 'tuning-file-refused', /must have at least 10/],
    ['examples of another method', { method: 'dpo' as const, examples: 12 }, 'tuning-file-refused', /unexpected key/],
  ])('fails over %s, with its words', async (_, changes, code, detail) => {
    const trainingFile = await service().upload(sendingFile(tuningFile(changes.examples)), signal);
    const { remoteId } = await service().create({ ...(await planOf(changes)), trainingFile }, signal);
    server.tuning.advance();
    const job = await service().job(remoteId, signal);
    expect(job).toMatchObject({ state: 'failed', problem: { code, detail: expect.stringMatching(detail) } });
  });

  it('that breaks at the service has failed, whatever the reason', async () => {
    const { remoteId } = await begin();
    server.tuning.failJobs('server_error', 'Out of memory.');
    expect(await service().job(remoteId, signal)).toMatchObject({
      state: 'failed',
      problem: { code: 'tuning-failed', detail: 'Out of memory.' },
    });
  });

  it.each([
    ['a model that is not trained', { model: 'gpt-17' }, 'tuning-model-unknown'],
    ['a file that is gone', { trainingFile: 'file-gone' }, 'tuning-file-refused'],
  ])('is refused over %s', async (_, changes, code) => {
    await expect(begin(changes)).rejects.toMatchObject({ problem: { code } });
  });

  it('is refused where training has ended', async () => {
    server.tuning.isClosed = true;
    await expect(begin()).rejects.toMatchObject({ problem: { code: 'tuning-not-available' } });
  });

  it('that the account does not have is gone', async () => {
    await expect(service().job('ftjob-gone', signal)).rejects.toMatchObject({ problem: { code: 'tuning-job-gone' } });
  });

  it('whose reply was lost is found again by its label', async () => {
    const plan = await planOf({ label: 'label-lost' });
    server.fail({ kind: 'drop', path: '/fine_tuning/jobs' });
    await expect(service().create(plan, signal)).rejects.toMatchObject({ problem: { code: 'model-unreachable' } });
    expect((await service().list(signal)).filter(({ label }) => label === 'label-lost')).toHaveLength(1);
  });
});

describe('the course of a job at OpenAI', () => {
  /** Ended, after 120 steps with validation. */
  async function ended() {
    const plan = await planOf({ parameters: { epochs: 10, batchSize: 1 } });
    const validationFile = await service().upload(sendingFile(tuningFile(2)), signal);
    const { remoteId } = await service().create({ ...plan, validationFile }, signal);
    return { remoteId, job: () => service().job(remoteId, signal) };
  }

  it('is told while it trains: events in order, measurements apart, checkpoints', async () => {
    const { job } = await ended();
    server.tuning.advance();
    server.tuning.advance();
    server.tuning.advance(115);
    const course = await service().course(await job(), signal);
    expect(course.events.map(({ text }) => text).slice(2)).toEqual([
      'Files validated, moving job to queued state',
      'Fine-tuning job started',
    ]);
    expect(course.metrics.map(({ step }) => step)).toEqual(Array.from({ length: 115 }, (_, index) => index + 1));
    expect(course.metrics[4]).toEqual({
      step: 5,
      trainingLoss: expect.any(Number),
      trainingAccuracy: expect.any(Number),
      validationLoss: expect.any(Number),
      validationAccuracy: expect.any(Number),
    });
    expect(course.metrics[5]).not.toHaveProperty('validationLoss');
    expect(course.checkpoints.map(({ step }) => step)).toEqual([84, 96, 108]);
    expect(course.checkpoints[0]).toMatchObject({
      model: expect.stringMatching(/ckpt-step-84$/),
      metrics: { trainingLoss: expect.any(Number) },
    });
  });

  /** Of 2,000 steps the newest 1,000 or so are in the events that are asked for. */
  async function long() {
    const plan = await planOf({ parameters: { epochs: 40, batchSize: 1 }, examples: 50 });
    const validationFile = await service().upload(sendingFile(tuningFile(2)), signal);
    return (await service().create({ ...plan, validationFile }, signal)).remoteId;
  }

  it.each([
    ['whole', [], false, { trainingLoss: true, validationLoss: true, validationAccuracy: true }],
    ['as base64', [], true, { trainingLoss: true, validationLoss: true, validationAccuracy: true }],
    ['with a column missing', ['valid_loss'], false, { trainingLoss: true, validationLoss: false, validationAccuracy: true }],
    ['without the steps', ['step'], false, { trainingLoss: true, validationLoss: true, validationAccuracy: true }],
  ])('is completed by the file of results, %s', async (_, hiddenColumns, resultsInBase64, known) => {
    const remoteId = await long();
    Object.assign(server.tuning, { hiddenColumns, resultsInBase64 });
    server.tuning.finish();
    const { events, metrics } = await service().course(await service().job(remoteId, signal), signal);
    expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 1));
    const early = metrics.find(({ step }) => step === 10) ?? {};
    for (const [measure, isKnown] of Object.entries(known)) expect(measure in early, measure).toBe(isKnown);
    expect(events.at(-1)?.text).toBe('The job has successfully completed');
  });

  it('is told as far as the events go when the file of results says nothing but steps', async () => {
    const remoteId = await long();
    server.tuning.hiddenColumns = ['train_loss', 'train_accuracy', 'valid_loss', 'valid_mean_token_accuracy'];
    server.tuning.finish();
    const { metrics } = await service().course(await service().job(remoteId, signal), signal);
    expect(metrics.at(-1)?.step).toBe(2_000);
    expect(metrics.length).toBeLessThan(1_001);
  });

  it('is told without the file of results when that was deleted', async () => {
    const { job } = await ended();
    server.tuning.finish();
    const done = await job();
    for (const file of done.resultFiles) server.tuning.files.files.delete(file);
    expect((await service().course(done, signal)).metrics).toHaveLength(120);
  });
});

describe('what a server says that is no such service', () => {
  const job = { id: 'ftjob-1', status: 'running', model: 'm', created_at: 1_700_000_000 };

  /** Answers everything with this. */
  async function odd<Answer>(reply: unknown, ask: (service: TuningService) => Promise<Answer>): Promise<Answer> {
    const strange = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
    });
    await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
    try {
      const baseUrl = `http://127.0.0.1:${(strange.address() as AddressInfo).port}/v1`;
      return await ask(openTuningService('openai', { baseUrl, apiKey: '' }));
    } finally {
      strange.close();
    }
  }

  it.each([
    ['nothing', ''],
    ['null', null],
    ['a web page', '<html></html>'],
    ['a list', []],
    ['a number as its id', { ...job, id: 7 }],
    ['no name at all', { ...job, id: undefined }],
  ])('%s is a problem and no crash', async (_, reply) => {
    await expect(odd(reply, (one) => one.job('ftjob-1', signal))).rejects.toMatchObject({ problem: { code: 'tuning-malformed' } });
  });

  it('no list of jobs means that it does not train', async () => {
    for (const reply of [{ error: 'Unexpected endpoint' }, '<html></html>', null]) {
      expect(await odd(reply, (one) => one.availability(signal))).toMatchObject({ answer: 'no', problem: { code: 'tuning-not-offered' } });
    }
  });

  it('a list of everything, and nothing else, leaves open whether it trains', async () => {
    expect(await odd({ data: [] }, (one) => one.availability(signal))).toEqual({ answer: 'unknown' });
  });

  it('what is odd about the rest of a job is left out', async () => {
    const reply = {
      ...job,
      trained_tokens: 'many',
      fine_tuned_model: { name: 'm' },
      result_files: [5, 'file-1', null],
      hyperparameters: { n_epochs: 'auto', batch_size: Number.MAX_VALUE, learning_rate_multiplier: null },
      metadata: { commonplace_job: 5 },
      error: 'none',
    };
    expect(await odd(reply, (one) => one.job('ftjob-1', signal))).toEqual({
      remoteId: 'ftjob-1',
      model: 'm',
      state: 'running',
      createdAt: 1_700_000_000_000,
      resultFiles: ['file-1'],
      chosen: { batchSize: Number.MAX_VALUE },
    });
  });

  it.each([
    ['a time that is none', { ...job, created_at: '2026' }, 'running'],
    ['no model', { ...job, model: null }, 'running'],
    ['a state that nobody knows', { ...job, status: 'dreaming' }, 'queued'],
    ['a state of all objects', { ...job, status: 'constructor' }, 'queued'],
    ['no state', { ...job, status: undefined }, 'queued'],
  ])('%s is no reason to overlook a job, nor to ask for it once more', async (_, odder, state) => {
    const labelled = { ...odder, metadata: { commonplace_job: 'one' }, training_file: 'file-1' };
    const found = { remoteId: 'ftjob-1', label: 'one', trainingFile: 'file-1', state };
    const plan = { model: 'm', method: 'supervised', parameters: {}, trainingFile: 'file-1', label: 'one' } as const;
    expect(await odd(labelled, (one) => one.create(plan, signal))).toMatchObject(found);
    expect(await odd({ data: [null, 5, labelled] }, (one) => one.list(signal))).toMatchObject([found]);
  });

  it('what is no job in a list is left out', async () => {
    const jobs = await odd({ data: [null, 5, { ...job, id: null }, job] }, (one) => one.list(signal));
    expect(jobs.map(({ remoteId }) => remoteId)).toEqual(['ftjob-1']);
  });

  it('a page of events that comes again and again is read once, and measurements that cannot be are left out', async () => {
    const event = { id: 'e', created_at: 5, level: 'warn', message: 'x'.repeat(5_000), type: 'message' };
    const measured = {
      ...event,
      id: 'm',
      type: 'metrics',
      data: { step: 3, train_loss: 'NaN', train_mean_token_accuracy: 7, valid_loss: -1 },
    };
    const of = { remoteId: 'ftjob-1', model: 'm', state: 'running', createdAt: 0, resultFiles: [] } as const;
    const course = await odd({ data: [event, measured, {}], has_more: true }, (one) => one.course(of, signal));
    expect(course.events.map(({ id, level, text }) => [id, level, text.length])).toEqual([
      ['m', 'warning', 1_001],
      ['e', 'warning', 1_001],
    ]);
    expect(course.metrics).toEqual([]);
    expect(course.checkpoints).toEqual([]);
  });
});
