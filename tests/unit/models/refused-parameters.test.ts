import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../../src/core/models/model-parameters';
import type { Refusal } from '../../../src/core/models/refusals';
import type { ChatMessage } from '../../../src/core/prompt/build-prompt';
import type { ChatPart } from '../../../src/models/chat-model';
import { openAiChatModel } from '../../../src/models/openai-chat-model';
import { type ModelServer, startModelServer } from '../../support/model-server';
import { loadRequestValidator } from '../../support/openapi-validation';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ apiKey: null, validator: loadRequestValidator() });
}, 30_000);
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

const messages: readonly ChatMessage[] = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'Say it.' },
];

async function ask(
  model: string,
  parameters: ModelParameters = {},
  refusals: readonly Refusal[] = [],
  baseUrl = server.url,
  onPart: (part: ChatPart) => void = () => {},
) {
  const learned: Refusal[] = [];
  const chat = openAiChatModel({ baseUrl, apiKey: '' }, model, { refusals, learn: (more) => void learned.push(...more) });
  const parts: ChatPart[] = [];
  for await (const part of chat.stream({ messages, parameters }, new AbortController().signal)) {
    parts.push(part);
    onPart(part);
  }
  const texts: string[] = [];
  for (const part of parts) if (part.type === 'text-delta') texts[part.answer ?? 0] = (texts[part.answer ?? 0] ?? '') + part.text;
  const leftOut = parts.flatMap((part) => (part.type === 'left-out' ? part.parts : []));
  return { texts, leftOut, learned, usage: parts.filter((part) => part.type === 'usage') };
}

const bodies = () => server.requests.map(({ body }) => body as Record<string, unknown>);

describe('A model', () => {
  it('is sent what was set, under the names of the protocol', async () => {
    server.script(['Done.']);
    await ask('test-scripted', {
      temperature: 0.3,
      topP: 0.9,
      frequencyPenalty: 0.5,
      presencePenalty: -0.5,
      stop: ['Never'],
      maximumTokens: 50,
      seed: 7,
    });
    expect(bodies()).toEqual([
      expect.objectContaining({
        temperature: 0.3,
        top_p: 0.9,
        frequency_penalty: 0.5,
        presence_penalty: -0.5,
        stop: ['Never'],
        max_tokens: 50,
        seed: 7,
      }),
    ]);
  });

  it('is told to write JSON, and asked without being told when it refuses that', async () => {
    const stream = async (model: string, refusals: readonly Refusal[]) => {
      const learned: Refusal[] = [];
      const chat = openAiChatModel({ baseUrl: server.url, apiKey: '' }, model, { refusals, learn: (more) => void learned.push(...more) });
      const asked = [...messages, { role: 'user', content: 'As JSON.' }] as const;
      for await (const _ of chat.stream({ messages: asked, asJson: true }, new AbortController().signal));
      return learned;
    };
    server.script(['{}']);
    expect(await stream('test-scripted', [])).toEqual([]);
    expect(bodies()[0]).toMatchObject({ response_format: { type: 'json_object' } });
    server.requests.length = 0;
    server.script(['{}']);
    const refused = await stream('test-prose', []);
    expect(refused).toEqual([{ part: 'response_format' }]);
    server.script(['{}']);
    expect(await stream('test-prose', refused)).toEqual([]);
    expect(bodies().map((body) => 'response_format' in body)).toEqual([true, false, false]);
  });

  it('is sent nothing that was left to the server', async () => {
    server.script(['Done.']);
    await ask('test-scripted');
    expect(Object.keys(bodies()[0] ?? {}).sort()).toEqual(['messages', 'model', 'stream', 'stream_options']);
  });

  it('that refuses a parameter is asked once more without it, and that is learned and told', async () => {
    const { texts, leftOut, learned } = await ask('test-reasoner', { temperature: 0.3 });
    expect(texts[0]).toBeTruthy();
    expect(bodies().map(({ temperature }) => temperature)).toEqual([0.3, undefined]);
    expect(learned).toEqual([{ part: 'temperature' }]);
    expect(leftOut).toEqual(['temperature']);
  });

  it('is not asked again with what it is known to refuse, and that is told all the same', async () => {
    const { leftOut, learned } = await ask('test-reasoner', { temperature: 0.3 }, [{ part: 'temperature' }]);
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).not.toHaveProperty('temperature');
    expect(learned).toEqual([]);
    expect(leftOut).toEqual(['temperature']);
  });

  it('that refuses one name of a parameter is told it by the other', async () => {
    const { learned, leftOut } = await ask('test-reasoner', { maximumTokens: 500 });
    expect(bodies().map((body) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [500, undefined],
      [undefined, 500],
    ]);
    expect(learned).toEqual([{ part: 'max_tokens' }]);
    expect(leftOut).toEqual([]);
  });

  it('that refuses several is asked once more for each', async () => {
    const { leftOut } = await ask('test-reasoner', { temperature: 0.3, topP: 0.5, stop: ['It'] });
    expect(leftOut).toEqual(['temperature', 'topP', 'stop']);
    expect(bodies()).toHaveLength(4);
  });

  it('that takes no system message is given its instructions with the question', async () => {
    const { leftOut, learned } = await ask('test-rolebound');
    expect(bodies()[1]?.messages).toEqual([{ role: 'user', content: 'Answer briefly.\n\nSay it.' }]);
    expect(learned).toEqual([{ part: 'system' }]);
    expect(leftOut).toEqual(['systemMessage']);
  });

  it('that does not chat is given a text to go on with', async () => {
    const { texts, learned, leftOut, usage } = await ask('test-completions', { temperature: 0.3 });
    expect(server.requests.map(({ path }) => path)).toEqual(['/chat/completions', '/completions']);
    expect(bodies()[1]).toMatchObject({
      prompt: 'Answer briefly.\n\nUser: Say it.\n\nAssistant:',
      temperature: 0.3,
      stop: ['\n\nUser:'],
      max_tokens: 1_000,
    });
    expect(texts[0]).toMatch(/^\S/);
    expect(learned).toEqual([{ part: 'chat' }]);
    expect(leftOut).toEqual(['chat']);
    expect(usage).toHaveLength(1);
  });

  it('fails as it did before when nothing of the request is to blame', async () => {
    server.fail({ kind: 'context-too-long' });
    await expect(ask('test-scripted', { temperature: 0.3 })).rejects.toMatchObject({ problem: { code: 'model-context-too-long' } });
    expect(server.requests).toHaveLength(1);
  });

  it('is not asked for ever by a server that refuses everything', async () => {
    let requests = 0;
    const stubborn = createServer((_, response) => {
      requests += 1;
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end('{"detail":[{"type":"extra_forbidden","loc":["body","temperature"],"msg":"Extra inputs are not permitted"}]}');
    });
    await new Promise<void>((resolve) => stubborn.listen(0, '127.0.0.1', resolve));
    const { port } = stubborn.address() as AddressInfo;
    const asked = ask('any', { temperature: 0.3 }, [], `http://127.0.0.1:${port}/v1`);
    await expect(asked).rejects.toMatchObject({
      problem: { code: 'model-request-refused', detail: expect.stringContaining('extra_forbidden') },
    });
    expect(requests).toBe(2);
    stubborn.close();
  });
});

describe('Several answers', () => {
  it('come from one request, each whole', async () => {
    const answers = ['The first of them.', 'Another, which is longer than the first.', 'A third.'];
    server.script(answers);
    const { texts, usage } = await ask('test-scripted', { answers: 3 });
    expect(texts).toEqual(answers);
    expect(server.requests).toHaveLength(1);
    expect(usage).toHaveLength(1);
  });

  it('come from several where a server gives one whatever is asked, which is learned', async () => {
    const answers = ['The first of them.', 'Another.', 'A third.'];
    server.script(answers);
    const { texts, learned, usage } = await ask('test-single', { answers: 3 });
    expect([...texts].sort()).toEqual([...answers].sort());
    expect(bodies().map(({ n }) => n)).toEqual([3, undefined, undefined]);
    expect(learned).toEqual([{ part: 'n' }]);
    expect(usage).toHaveLength(1);

    server.requests.length = 0;
    server.script(answers);
    await ask('test-single', { answers: 3 }, learned);
    expect(bodies().map(({ n }) => n)).toEqual([undefined, undefined, undefined]);
  });

  it('say which of them was refused or cut off', async () => {
    const choice = (index: number, delta: object, finish: string | null) =>
      JSON.stringify({ choices: [{ index, delta, finish_reason: finish }] });
    const events = [
      choice(0, { refusal: 'I cannot say.' }, null),
      choice(1, { content: 'The first.' }, null),
      choice(2, { content: 'The sec' }, 'length'),
      choice(0, {}, 'stop'),
      choice(1, {}, 'stop'),
      '[DONE]',
    ];
    server.misbehave({ kind: 'events', events });
    const parts: ChatPart[] = [];
    await ask('test-chat', { answers: 3 }, [], server.url, (part) => parts.push(part)).finally(() => server.recover());
    expect(parts.filter(({ type }) => type === 'problem')).toEqual([
      { type: 'problem', code: 'model-cut-off', answer: 2 },
      { type: 'problem', code: 'model-refused' },
    ]);
  });

  it('are fewer when one of those that were asked for apart fails', async () => {
    const answers = ['The first of them.', 'Another.'];
    server.script(answers);
    let isOrdered = false;
    const { texts } = await ask('test-single', { answers: 3 }, [], server.url, () => {
      if (!isOrdered) server.fail({ kind: 'server-error' });
      isOrdered = true;
    });
    expect(texts.filter(Boolean).sort()).toEqual([...answers].sort());
    expect(server.requests).toHaveLength(3);
  });
});
