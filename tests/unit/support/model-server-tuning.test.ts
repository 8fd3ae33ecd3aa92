import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../../support/model-server';
import { loadRequestValidator } from '../../support/openapi-validation';
import { tuningFile } from '../../support/tuning-file';
import { connect, refusalOf } from './model-client';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ validator: loadRequestValidator() });
});
afterEach(() => {
  server.recover();
  server.violations.length = 0;
});
afterAll(() => server.close());

const client = () => connect(server.url);
const file = (data: BlobPart, name = 'train.jsonl') => new File([data], name);
const upload = async (data: BlobPart) => (await client().files.create({ file: file(data), purpose: 'fine-tune' })).id;

async function post(
  path: string,
  body?: object,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<number> {
  const authorized = { ...headers, authorization: 'Bearer test-key' };
  return (await fetch(`${server.url}${path}`, { method: 'POST', headers: authorized, ...(body ? { body: JSON.stringify(body) } : {}) }))
    .status;
}

describe('files to train from', () => {
  it.each([
    ['another extension', '{"messages":[]}', 'train.json', /extension/],
    ['nothing in it', '', 'train.jsonl', /empty/],
    ['a line that is no JSON', '{}\n{', 'train.jsonl', /Line 2/],
    ['a line that is no object', '[]\n', 'train.jsonl', /Line 1/],
  ])('are refused with %s', async (_, text, name, message) => {
    const refusal = await refusalOf(client().files.create({ file: file(text, name), purpose: 'fine-tune' }));
    expect(refusal).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  });

  it('are given back as they came, and no more once they are deleted', async () => {
    const id = await upload('{"a":1}\n');
    expect(await (await client().files.content(id)).text()).toBe('{"a":1}\n');
    await client().files.delete(id);
    expect((await refusalOf(client().files.retrieve(id))).status).toBe(404);
    expect(server.violations).toEqual([]);
  });

  it('in parts must have the bytes that were announced', async () => {
    const { id } = await client().uploads.create({ filename: 'train.jsonl', bytes: 8, mime_type: 'text/jsonl', purpose: 'fine-tune' });
    const { id: part } = await client().uploads.parts.create(id, { data: file('{}\n') });
    expect(await refusalOf(client().uploads.complete(id, { part_ids: [part] }))).toMatchObject({ status: 400 });
    const { id: rest } = await client().uploads.parts.create(id, { data: file('{}  \n') });
    const done = await client().uploads.complete(id, { part_ids: [part, rest] });
    expect(await (await client().files.content(done.file?.id ?? '')).text()).toBe('{}\n{}  \n');
    expect(server.violations).toEqual([]);
  });
});

describe('jobs', () => {
  const chat = (...messages: object[]) => `${JSON.stringify({ messages })}\n`;
  const good = { role: 'assistant', content: 'Yes.' };
  const asked = { role: 'user', content: 'Is it?' };
  it.each([
    ['a role that is none', chat({ role: 'human', content: 'Hi' }, good), /role `human`/],
    ['no question', chat({ role: 'system', content: 'Be brief.' }, good), /user/],
    ['no answer', chat(asked), /assistant/],
    ['a key that nobody knows', `${JSON.stringify({ messages: [asked, good], tag: 'a' })}\n`, /tag/],
    ['a weight that is none', chat(asked, { ...good, weight: 0.5 }), /weight/],
    ['content that is no text', chat({ role: 'user', content: null }, good), /content/],
  ])('fail when a file has %s', async (_, line, message) => {
    const training_file = await upload(line.repeat(12));
    const { id } = await client().fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    server.tuning.advance();
    const job = await client().fineTuning.jobs.retrieve(id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'invalid_training_file', message: expect.stringMatching(message) } });
  });

  it('give their events and checkpoints in pages, the newest first', async () => {
    const training_file = await upload(await tuningFile(12).text());
    const { id } = await client().fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    server.tuning.finish();
    const all: string[] = [];
    for await (const event of client().fineTuning.jobs.listEvents(id, { limit: 40 })) all.push(event.message);
    expect(all[0]).toBe('The job has successfully completed');
    expect(all.at(-1)).toBe(`Created fine-tuning job: ${id}`);
    expect(all).toHaveLength(96 + 6);
    expect(await refusalOf(client().fineTuning.jobs.list({ limit: 101 }))).toMatchObject({ status: 400 });
  });

  it('go on by themselves when they are paced', async () => {
    const training_file = await upload(await tuningFile(12).text());
    const { id } = await client().fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    server.tuning.pace({ milliseconds: 1, steps: 50 });
    await expect.poll(async () => (await client().fineTuning.jobs.retrieve(id)).status, { timeout: 10_000 }).toBe('succeeded');
    server.tuning.pace();
  });

  it('leave a model that can be deleted', async () => {
    const training_file = await upload(await tuningFile(12).text());
    const { id } = await client().fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file });
    server.tuning.finish();
    const model = (await client().fineTuning.jobs.retrieve(id)).fine_tuned_model ?? '';
    const listed = async () => (await client().models.list()).data.map((one) => one.id);
    expect(await listed()).toContain(model);
    await client().models.delete(model);
    expect(await listed()).not.toContain(model);
    expect((await refusalOf(client().models.delete(model))).status).toBe(404);
  });
});

it.each([
  ['/uploads', { filename: 'train.jsonl', bytes: 5, mime_type: 'text/plain', purpose: 'fine-tune' }],
  ['/uploads', { filename: 'train.jsonl', bytes: 0, mime_type: 'text/jsonl', purpose: 'fine-tune' }],
  ['/uploads/upload_1/complete', { part_ids: [] }],
  ['/fine_tuning/jobs/ftjob-1/pause', { now: true }],
  ['/accounts/commonplace-tests/datasets', { datasetId: 'Not Allowed', dataset: { userUploaded: {} } }],
  [
    '/accounts/commonplace-tests/dpoJobs',
    {
      dataset: 'accounts/commonplace-tests/datasets/mine',
      trainingConfig: { baseModel: 'accounts/fireworks/models/qwen3-8b' },
      lossConfig: { method: 'GRPO' },
    },
  ],
  ['/accounts/commonplace-tests/supervisedFineTuningJobs/1:cancel', { now: true }],
])('A request to %s that is not as documented is a violation', async (path, body) => {
  await post(path, body);
  expect(server.violations).toHaveLength(1);
});

it.skipIf(!loadRequestValidator())('A form to /files that is not as documented is a violation', async () => {
  const form = new FormData();
  form.append('file', file('{}\n'));
  form.append('purpose', 'training');
  form.append('colour', 'red');
  await fetch(`${server.url}/files`, { method: 'POST', headers: { authorization: 'Bearer test-key' }, body: form });
  expect(server.violations).toEqual([expect.stringMatching(/^POST \/files: /)]);
});
