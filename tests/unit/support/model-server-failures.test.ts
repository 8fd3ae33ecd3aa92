import type OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ModelServer, startModelServer } from '../../support/model-server';
import type { FailureKind } from '../../support/model-server/failure';
import { connect, promptFor, readStream, refusalOf } from './model-client';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
let client: OpenAI;
beforeAll(async () => {
  server = await startModelServer();
  client = connect(server.url);
});
afterEach(() => {
  server.recover();
  server.requests.length = 0;
});
afterAll(() => server.close());

const question = 'How tall is the tower on Hollin Rock?';
const startOfAnswer = 'According to your pages';
const ask = (): Promise<unknown> => client.chat.completions.create({ model: 'test-chat', messages: promptFor(question) });
const embed = (): Promise<unknown> => client.embeddings.create({ model: 'test-embedding-small', input: 'x' });

test('fails as often as told, on the path told, then recovers', async () => {
  server.fail({ kind: 'server-error', path: '/embeddings', times: 2 });
  await expect(ask()).resolves.toBeDefined();
  expect(await refusalOf(embed())).toMatchObject({ status: 500 });
  expect(await refusalOf(embed())).toMatchObject({ status: 500 });
  await expect(embed()).resolves.toBeDefined();
  server.fail({ kind: 'server-error', times: Number.POSITIVE_INFINITY });
  await refusalOf(embed());
  await refusalOf(embed());
  server.recover();
  await expect(embed()).resolves.toBeDefined();
});

test.each<[FailureKind, object]>([
  ['key-refused', { status: 401, code: 'invalid_api_key' }],
  ['key-echoed', { status: 401, message: expect.stringContaining('test-key') }],
  ['rate-limited', { status: 429, code: 'rate_limit_exceeded' }],
  ['quota-exceeded', { status: 429, code: 'insufficient_quota' }],
  ['server-error', { status: 500 }],
  ['unknown-model', { status: 404, code: 'model_not_found' }],
  ['context-too-long', { status: 400, code: 'context_length_exceeded' }],
])('%s', async (kind, expected) => {
  server.fail({ kind });
  expect(await refusalOf(ask())).toMatchObject(expected);
  await expect(ask()).resolves.toBeDefined();
});

test('rate-limited says when to come back, and only then', async () => {
  server.fail({ kind: 'rate-limited', retryAfterSeconds: 7 });
  server.fail({ kind: 'quota-exceeded' });
  expect((await fetch(`${server.url}/models`)).headers.get('retry-after')).toBe('7');
  expect((await fetch(`${server.url}/models`)).headers.get('retry-after')).toBeNull();
});

test('html comes with status 200', async () => {
  server.fail({ kind: 'html' });
  const response = await fetch(`${server.url}/models`);
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('drop breaks off before anything is said', async () => {
  server.fail({ kind: 'drop' });
  await expect(ask()).rejects.toThrow('Connection error');
  expect(server.requests).toMatchObject([{ status: 0 }]);
});

test.each<FailureKind>(['drop-midway', 'malformed', 'error-midway'])('%s gives half of a stream, then an error', async (kind) => {
  server.fail({ kind });
  const { text, error, finish } = await readStream(client, promptFor(question));
  expect(text).toContain(startOfAnswer);
  expect(text).not.toContain('[2]');
  expect(error).toBeInstanceOf(Error);
  expect(finish).toBeUndefined();
});

test('cut-short gives half of a stream and an orderly end without a finish reason', async () => {
  server.fail({ kind: 'cut-short' });
  const { text, ...rest } = await readStream(client, promptFor(question));
  expect(text).toContain(startOfAnswer);
  expect(text).not.toContain('[2]');
  expect(rest).toEqual({});
});

test.each<[FailureKind, object]>([
  ['silence', { text: '', status: 0 }],
  ['silence-after-headers', { text: '', status: 200 }],
  ['silence-midway', { text: expect.stringContaining(startOfAnswer), status: 200 }],
])('%s says no more until the other side gives up', async (kind, expected) => {
  server.fail({ kind });
  const { text } = await readStream(client, promptFor(question), { signal: AbortSignal.timeout(1_500) });
  await expect.poll(() => server.requests[0]?.abandonedAt).toBeTypeOf('number');
  expect({ text, status: server.requests[0]?.status }).toEqual(expected);
});

test.each<FailureKind>(['malformed', 'cut-short', 'drop-midway'])('%s spoils an answer that does not stream, too', async (kind) => {
  server.fail({ kind });
  const response = await fetch(`${server.url}/models`, { headers: { authorization: 'Bearer test-key' } });
  expect(response.status).toBe(200);
  await expect(response.json()).rejects.toThrow();
});
