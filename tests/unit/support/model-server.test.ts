import { setTimeout as wait } from 'node:timers/promises';
import type OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ModelServer, startModelServer } from '../../support/model-server';
import { loadRequestValidator } from '../../support/openapi-validation';
import { connect, promptFor, refusalOf } from './model-client';

const validator = loadRequestValidator();
let server: ModelServer;
let client: OpenAI;
beforeAll(async () => {
  server = await startModelServer({ validator });
  client = connect(server.url);
});
afterEach(() => {
  server.requests.length = 0;
  server.violations.length = 0;
});
afterAll(() => server.close());

describe('models', () => {
  test('lists its models', async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toEqual([
      'test-chat',
      'test-reasoner',
      'test-scripted',
      'test-single',
      'test-prose',
      'test-rolebound',
      'test-completions',
      'test-embedding-small',
      'test-embedding-large',
      'gpt-image-test',
      'test-image',
      'test-image-elsewhere',
    ]);
  });

  test('answers a preflight with permission', async () => {
    const response = await fetch(`${server.url}/models`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(server.requests).toEqual([]);
  });

  test('refuses a missing and a wrong key, without repeating the whole key', async () => {
    expect((await fetch(`${server.url}/models`)).status).toBe(401);
    const refusal = await refusalOf(connect(server.url, 'sk-wrong-and-long').models.list());
    expect(refusal).toMatchObject({ status: 401, code: 'invalid_api_key' });
    expect(refusal.message).not.toContain('sk-wrong-and-long');
  });

  test('takes any caller when it wants no key', async () => {
    const open = await startModelServer({ apiKey: null });
    expect((await fetch(`${open.url}/models`)).status).toBe(200);
    await open.close();
  });

  test('says which address is unknown', async () => {
    const response = await fetch(`${server.url}/moddels`, { headers: { authorization: 'Bearer test-key' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown_url', type: 'invalid_request_error', param: null } });
  });
});

describe('recording', () => {
  test('keeps method, path, headers, body, time and status, and finds nothing wrong with the extension’s own prompt', async () => {
    const before = Date.now();
    await client.chat.completions.create({ model: 'test-chat', messages: promptFor('How tall is the tower?') });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/chat/completions', status: 200, body: { model: 'test-chat' } });
    expect(request?.headers.authorization).toBe('Bearer test-key');
    expect(request?.time).toBeGreaterThanOrEqual(before);
    expect(request?.abandonedAt).toBeUndefined();
    expect(server.violations).toEqual([]);
  });

  test.skipIf(!validator)('keeps what OpenAI’s document does not allow', async () => {
    await refusalOf(client.chat.completions.create({ model: 'test-chat', messages: [] }));
    expect(server.violations).toEqual([expect.stringContaining('/messages')]);
  });

  test('keeps fences that are short, reused or known to a passage; a retry is no reuse', async () => {
    const send = (nonce: string, text: string): Promise<unknown> => {
      const content = `<passage-${nonce} number="1" title="" site="">\n${text}\n</passage-${nonce}>\n<question-${nonce}>\nWhy?\n</question-${nonce}>`;
      return client.chat.completions.create({ model: 'test-chat', messages: [{ role: 'user', content }] });
    };
    await send('0123456789abcdef', 'One.');
    await send('0123456789abcdef', 'One.');
    expect(server.violations).toEqual([]);
    await send('0123456789abcdef', 'Two.');
    await send('abc', 'Three.');
    await send('fedcba9876543210', 'It says fedcba9876543210.');
    expect(server.violations).toEqual([
      expect.stringContaining('two requests'),
      expect.stringContaining('short'),
      expect.stringContaining('Passage 1 holds'),
    ]);
  });
});

test('closing breaks off what is under way', async () => {
  const brief = await startModelServer();
  brief.fail({ kind: 'silence' });
  const pending = connect(brief.url)
    .models.list()
    .then(
      () => 'answered',
      () => 'broken off',
    );
  while (brief.requests.length === 0) await wait(10);
  await brief.close();
  expect(await pending).toBe('broken off');
});
