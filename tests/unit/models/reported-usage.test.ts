import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Refusal } from '../../../src/core/models/refusals';
import { ProblemError } from '../../../src/core/problem';
import type { ChatPart } from '../../../src/models/chat-model';
import { openAiChatModel } from '../../../src/models/openai-chat-model';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const usage = (prompt_tokens: number, completion_tokens: number) => ({ prompt_tokens, completion_tokens, total_tokens: 0 });
const choice = (content: string, finish_reason: string | null = null, index = 0) => ({ index, delta: { content }, finish_reason });

/** Asks a server that sends these events for each request. */
async function ask(events: readonly object[], { answers = 1, isLeftOpen = false, stopAfter = '' } = {}) {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    if (!isLeftOpen) response.end('data: [DONE]\n\n');
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1`;
  const learned: Refusal[] = [];
  let furtherRequests = 0;
  const model = openAiChatModel({ baseUrl, apiKey: '' }, 'any', { learn: (more) => void learned.push(...more) });
  const stopping = new AbortController();
  const parts: ChatPart[] = [];
  let problem: string | undefined;
  const request = {
    messages: [{ role: 'user', content: 'Say it.' }] as const,
    parameters: { answers },
    onFurtherRequest: () => {
      furtherRequests += 1;
    },
  };
  try {
    for await (const part of model.stream(request, stopping.signal)) {
      parts.push(part);
      if (stopAfter && part.type === 'text-delta' && part.text === stopAfter) stopping.abort();
    }
  } catch (error) {
    problem = error instanceof ProblemError ? error.problem.code : String(error);
  }
  return { parts, problem, learned, furtherRequests, used: parts.filter(({ type }) => type === 'usage') };
}

it.each([
  ['model-cut-off', [{ choices: [choice('It', 'length')], usage: usage(50, 9) }]],
  ['model-refused', [{ choices: [choice('', 'content_filter')], usage: usage(50, 9) }]],
  ['model-dropped', [{ choices: [choice('It')], usage: usage(50, 9) }]],
])('What the server says was used comes before %s', async (code, events) => {
  const { problem, used } = await ask(events);
  expect(problem).toBe(code);
  expect(used).toEqual([{ type: 'usage', promptTokens: 50, completionTokens: 9 }]);
});

it('What was used comes too when the person stops the answer', async () => {
  const events = [{ choices: [choice('It ')], usage: usage(50, 1) }, { choices: [choice('was')] }];
  const { problem, used } = await ask(events, { isLeftOpen: true, stopAfter: 'was' });
  expect(problem).toBeUndefined();
  expect(used).toEqual([{ type: 'usage', promptTokens: 50, completionTokens: 1 }]);
});

it('A running total is counted once, as it was last', async () => {
  const { used } = await ask([
    { choices: [choice('It ')], usage: usage(50, 1) },
    { choices: [choice('was.', 'stop')], usage: usage(50, 3) },
    { choices: [], usage: usage(50, 4) },
  ]);
  expect(used).toEqual([{ type: 'usage', promptTokens: 50, completionTokens: 4 }]);
});

it('One of several answers that is filtered does not teach that several cannot be had', async () => {
  const { learned } = await ask([{ choices: [choice('One.', 'stop', 0), choice('', 'content_filter', 1)] }], { answers: 2 });
  expect(learned).toEqual([]);
});

it('Each answer that is asked for apart is told, and what it used is added', async () => {
  const { learned, furtherRequests, used } = await ask([{ choices: [choice('One.', 'stop')], usage: usage(50, 2) }], { answers: 3 });
  expect(learned).toEqual([{ part: 'n' }]);
  expect(furtherRequests).toBe(2);
  expect(used).toEqual([{ type: 'usage', promptTokens: 150, completionTokens: 6 }]);
});
