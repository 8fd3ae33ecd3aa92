import type OpenAI from 'openai';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ModelServer, startModelServer } from '../../support/model-server';
import { countTokens } from '../../support/model-server/count-tokens';
import { connect, refusalOf } from './model-client';

// The first count of tokens takes a second, and more on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
let client: OpenAI;
beforeAll(async () => {
  server = await startModelServer();
  client = connect(server.url);
});
afterAll(() => server.close());

const embed = async (input: string | string[], options: Partial<OpenAI.EmbeddingCreateParams> = {}): Promise<number[][]> => {
  const { data } = await client.embeddings.create({ model: 'test-embedding-small', input, ...options });
  return data.map((entry) => entry.embedding);
};
const similarity = (left: number[] = [], right: number[] = []): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

test('are the same as floats and as base64, and of length 1', async () => {
  const [float, base64] = [await embed('Lighthouse keepers', { encoding_format: 'float' }), await embed('Lighthouse keepers')];
  expect(server.requests.map(({ body }) => body)).toMatchObject([{ encoding_format: 'float' }, { encoding_format: 'base64' }]);
  expect(float).toEqual(base64);
  expect(float[0]).toHaveLength(256);
  expect(similarity(float[0], float[0])).toBeCloseTo(1, 5);
});

test('are shortened on request and are of length 1 again', async () => {
  const [vector] = await embed('Lighthouse keepers', { model: 'test-embedding-large', dimensions: 512 });
  expect(vector).toHaveLength(512);
  expect(similarity(vector, vector)).toBeCloseTo(1, 5);
  expect(await refusalOf(embed('x', { dimensions: 257 }))).toMatchObject({ status: 400, param: 'dimensions' });
});

test('put shared words, inflected words and synonyms near, and other matters far', async () => {
  const [question, inflected, synonymous, other] = await embed([
    'repairing a car',
    'the cars were repaired',
    'an automobile to be mended',
    'a recipe for soup with leeks',
  ]);
  expect(similarity(question, inflected)).toBeGreaterThan(0.5);
  expect(similarity(question, synonymous)).toBeGreaterThan(0.3);
  expect(similarity(question, other)).toBeLessThan(0.2);
});

test('let a meaning win over a shared word', async () => {
  const [question, right, wrong] = await embed([
    'What does a physician cost?',
    'The doctor sends her fee by post.',
    'What does the postman say?',
  ]);
  expect(similarity(question, right)).toBeGreaterThan(similarity(question, wrong) + 0.2);
});

test.each(['🦊🦊🦊', '…', 'the of and', '光'])('have a direction even for %s', async (text) => {
  const [vector] = await embed(text);
  expect(similarity(vector, vector)).toBeCloseTo(1, 5);
});

test('of two models have nothing to do with each other', async () => {
  const [[small], [large]] = [
    await embed('Lighthouse keepers'),
    await embed('Lighthouse keepers', { model: 'test-embedding-large', dimensions: 256 }),
  ];
  expect(Math.abs(similarity(small, large))).toBeLessThan(0.3);
});

test('come as floats whatever was asked when the server can do nothing else', async () => {
  const simple = await startModelServer({ floatOnly: true });
  const response = await fetch(`${simple.url}/embeddings`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-key', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'test-embedding-small', input: 'x', encoding_format: 'base64' }),
  });
  expect(await response.json()).toMatchObject({ data: [{ embedding: expect.any(Array) }] });
  await simple.close();
});

test('count their tokens', async () => {
  const { usage } = await client.embeddings.create({ model: 'test-embedding-small', input: ['hello world', 'hello'] });
  expect(usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
});

const words = (count: number): string => Array.from({ length: count }, () => ' a').join('');
test('are refused past each limit and given at it', async () => {
  expect(await refusalOf(embed(''))).toMatchObject({ status: 400, code: 'empty_string', param: 'input' });
  expect(await refusalOf(embed(['fine', '']))).toMatchObject({ status: 400, code: 'empty_string' });
  expect(await refusalOf(embed([]))).toMatchObject({ status: 400, code: 'empty_array' });
  expect(await embed(Array.from({ length: 2_048 }, () => 'a'))).toHaveLength(2_048);
  expect(await refusalOf(embed(Array.from({ length: 2_049 }, () => 'a')))).toMatchObject({ status: 400, code: 'array_above_max_length' });
  expect(await embed(words(8_192))).toHaveLength(1);
  expect(await refusalOf(embed(words(8_193)))).toMatchObject({ status: 400, code: 'context_length_exceeded' });
  const text = words(3_000);
  expect(await embed(Array.from({ length: 100 }, () => text))).toHaveLength(100);
  expect(await refusalOf(embed([...Array.from({ length: 100 }, () => text), 'a']))).toMatchObject({
    status: 400,
    code: 'max_tokens_per_request',
  });
});

test('are not to be had from a chat model, nor from one that does not exist', async () => {
  expect(await refusalOf(embed('x', { model: 'test-chat' }))).toMatchObject({ status: 403 });
  expect(await refusalOf(embed('x', { model: 'missing' }))).toMatchObject({ status: 404, code: 'model_not_found' });
});

test('unbroken runs are counted to their end', () => {
  expect(countTokens('a'.repeat(20_000))).toBeGreaterThan(2_000);
  expect(countTokens(' '.repeat(20_000))).toBeGreaterThan(100);
  expect(countTokens('潮'.repeat(6_600))).toBeGreaterThan(3_000);
});
