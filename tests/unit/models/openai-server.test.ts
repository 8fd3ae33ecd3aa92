import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../src/core/problem';
import { listModels } from '../../../src/models/list-models';
import { openAiChatModel } from '../../../src/models/openai-chat-model';
import { openAiEmbeddingModel } from '../../../src/models/openai-embedding-model';
import { type ModelServer, startModelServer } from '../../support/model-server';
import { loadRequestValidator } from '../../support/openapi-validation';

let server: ModelServer;
/** Long enough for the server's first answer, for which it builds its tokenizer. */
const patientMs = 10_000;
const impatientMs = 300;

beforeAll(async () => {
  server = await startModelServer({ apiKey: 'sk-test-1234567890', validator: loadRequestValidator() });
});
afterEach(() => server.recover());
afterAll(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

const address = () => ({ baseUrl: server.url, apiKey: 'sk-test-1234567890' });

async function chat(silenceMs = patientMs, signal = new AbortController().signal): Promise<string> {
  let answer = '';
  const messages = [{ role: 'user', content: 'Say it.' }] as const;
  for await (const part of openAiChatModel(address(), 'test-scripted', { silenceMs }).stream({ messages }, signal)) {
    if (part.type === 'text-delta') answer += part.text;
  }
  return answer;
}

const codeOf = (work: Promise<unknown>): Promise<{ code?: ProblemCode; detail?: string; retryAfterMs?: number }> =>
  work.then(
    () => ({}),
    (error: { problem: { code: ProblemCode } }) => error.problem,
  );

describe('a chat model behind an OpenAI-compatible server', () => {
  it('streams an answer whole, however the network cuts it up', async () => {
    const answer = 'Die Lampe wurde 1823 entzündet — 灯台の光 😀 [1].';
    server.script([answer]);
    expect(await chat()).toBe(answer);
  });

  it.each([
    ['key-refused', 'model-key-refused'],
    ['rate-limited', 'model-busy'],
    ['quota-exceeded', 'model-quota'],
    ['server-error', 'model-failed'],
    ['unknown-model', 'model-unknown'],
    ['context-too-long', 'model-context-too-long'],
    ['html', 'model-malformed'],
    ['drop', 'model-unreachable'],
    ['silence', 'model-silent'],
    ['silence-after-headers', 'model-silent'],
    ['silence-midway', 'model-silent'],
    ['drop-midway', 'model-dropped'],
    ['malformed', 'model-malformed'],
    ['cut-short', 'model-dropped'],
    ['error-midway', 'model-failed'],
  ] as const)('says what is wrong when the server answers with: %s', async (kind, code) => {
    server.script(['An answer that is long enough to be cut in the middle of it.']);
    server.fail({ kind });
    expect((await codeOf(chat(kind.startsWith('silence') ? impatientMs : patientMs))).code).toBe(code);
  });

  it('says of a tuned model that is not there that it is gone, which has another way on', async () => {
    server.fail({ kind: 'unknown-model' });
    const request = { messages: [{ role: 'user', content: 'Say it.' }] } as const;
    const gone = openAiChatModel(address(), 'ft:test-chat:acme:marv:abc').stream(request, new AbortController().signal);
    expect((await codeOf(gone[Symbol.asyncIterator]().next())).code).toBe('tuned-model-gone');
  });

  it('tells how long the server asked to be left alone', async () => {
    server.fail({ kind: 'rate-limited', retryAfterSeconds: 7 });
    expect(await codeOf(chat())).toMatchObject({ code: 'model-busy', retryAfterMs: 7_000 });
  });

  it('never repeats the key in a problem, even if the server does', async () => {
    server.fail({ kind: 'key-echoed' });
    expect(JSON.stringify(await codeOf(chat()))).not.toContain('1234567890');
  });

  it('says when the server is not there', async () => {
    const gone = openAiChatModel({ baseUrl: 'http://127.0.0.1:9', apiKey: '' }, 'any').stream(
      { messages: [] },
      new AbortController().signal,
    );
    expect((await codeOf(gone[Symbol.asyncIterator]().next())).code).toBe('model-unreachable');
  });

  it('stops at once, without an error', async () => {
    server.script(['word '.repeat(500)]);
    server.tokensPerSecond = 50;
    const stop = new AbortController();
    let stoppedAt = 0;
    setTimeout(() => {
      stoppedAt = performance.now();
      stop.abort();
    }, 150);
    const answer = await chat(patientMs, stop.signal);
    server.tokensPerSecond = undefined;
    expect(answer.length).toBeLessThan(500);
    // The answer would have gone on for ten seconds.
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  });

  it('tries once only: what is tried again is decided elsewhere', async () => {
    server.requests.length = 0;
    server.fail({ kind: 'server-error', times: 5 });
    await codeOf(chat());
    expect(server.requests).toHaveLength(1);
  });

  it('tells the server nothing about this machine', async () => {
    server.requests.length = 0;
    server.script(['Done.']);
    await chat();
    expect(Object.keys(server.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });
});

describe('an embedding model behind an OpenAI-compatible server', () => {
  it('gives one vector a text, in order', async () => {
    const model = openAiEmbeddingModel(address(), 'test-embedding-small');
    const [lamp, bread, lampAgain] = await model.embed(['a lamp', 'some bread', 'a lamp']);
    expect(lamp).toHaveLength(256);
    expect(lamp).toEqual(lampAgain);
    expect(lamp).not.toEqual(bread);
  });

  it('has a key of its own for each server and model', () => {
    const keys = [
      openAiEmbeddingModel({ baseUrl: 'https://a.example/v1/', apiKey: '' }, 'small').key,
      openAiEmbeddingModel({ baseUrl: 'https://a.example/v1', apiKey: 'x' }, 'small').key,
      openAiEmbeddingModel({ baseUrl: 'https://b.example/v1', apiKey: '' }, 'small').key,
      openAiEmbeddingModel({ baseUrl: 'https://a.example/v1', apiKey: '' }, 'large').key,
    ];
    expect(new Set(keys).size).toBe(3);
  });

  it('takes no vector of which a component is no finite number', async () => {
    const overflowing = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,1e999]}]}');
    });
    await new Promise<void>((resolve) => overflowing.listen(0, '127.0.0.1', resolve));
    const { port } = overflowing.address() as AddressInfo;
    const embedded = openAiEmbeddingModel({ baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: '' }, 'small').embed(['x']);
    expect((await codeOf(embedded)).code).toBe('model-malformed');
    overflowing.close();
  });

  it('says what is wrong when the answer holds too few vectors', async () => {
    server.fail({ kind: 'html' });
    expect((await codeOf(openAiEmbeddingModel(address(), 'test-embedding-small').embed(['x']))).code).toBe('model-malformed');
  });
});

describe('the list of models', () => {
  it('is in alphabetical order', async () => {
    const models = (await listModels(address())).map(({ id }) => id);
    expect(models).toContain('test-chat');
    expect(models).toEqual([...models].sort());
  });

  it.each([
    ['not an address', 'model-address-invalid'],
    ['ftp://models.example/v1', 'model-address-invalid'],
    ['http://127.0.0.1:9/v1', 'model-unreachable'],
  ])('of %s is a problem with words', async (baseUrl, code) => {
    expect((await codeOf(listModels({ baseUrl, apiKey: '' }))).code).toBe(code);
  });

  it('with a wrong key is a problem with words', async () => {
    expect((await codeOf(listModels({ baseUrl: server.url, apiKey: 'wrong' }))).code).toBe('model-key-refused');
  });
});
