import { expect, it } from 'vitest';
import type { ExpectedCall } from '../../../src/background/model-access/meter';
import { meteredChatModel } from '../../../src/background/model-access/metered-chat-model';
import type { TokensUsed } from '../../../src/core/models/model-prices';
import { type ProblemCode, ProblemError } from '../../../src/core/problem';
import type { ChatPart } from '../../../src/models/chat-model';

const cost = { kind: 'known', usd: 0.5 } as const;

/** A metered model that says what it is told to; remembers what was opened and settled. */
function setUp(...said: (ChatPart | Error)[]) {
  return setUpAsking({ answers: 1, furtherRequests: 0 }, said);
}

function setUpAsking({ answers, furtherRequests }: { answers: number; furtherRequests: number }, said: readonly (ChatPart | Error)[]) {
  const opened: ExpectedCall[] = [];
  const settled: TokensUsed[] = [];
  const model = meteredChatModel(
    {
      name: 'scripted',
      async *stream(request, signal) {
        for (let further = 0; further < furtherRequests; further += 1) request.onFurtherRequest?.();
        for (const part of said) {
          if (signal.aborted) return;
          if (part instanceof Error) throw part;
          yield part;
        }
      },
    },
    'https://models.example/v1',
    {
      meter: {
        async open(call) {
          opened.push(call);
          return {
            async settle(used) {
              settled.push(used);
              return cost;
            },
          };
        },
      },
      countTokens: async () => (text) => text.length,
    },
  );
  const stopping = new AbortController();
  const stream = model.stream(
    { messages: [{ role: 'user', content: 'When was the lamp lit?' }], parameters: { answers } },
    stopping.signal,
  );
  return { opened, settled, stream, stopping };
}

async function all(stream: AsyncIterable<ChatPart>): Promise<ChatPart[]> {
  const parts: ChatPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

const text = (words: string): ChatPart => ({ type: 'text-delta', text: words });

it('passes on what the model says, and ends with what it took and cost', async () => {
  const { stream, opened, settled } = setUp(text('In 1823.'), { type: 'usage', promptTokens: 50, cachedTokens: 40, completionTokens: 5 });
  expect(await all(stream)).toEqual([
    text('In 1823.'),
    { type: 'usage', counted: false, promptTokens: 50, cachedTokens: 40, completionTokens: 5, cost },
  ]);
  expect(opened).toEqual([
    expect.objectContaining({ baseUrl: 'https://models.example/v1', model: 'scripted', purpose: 'answer', expected: expect.anything() }),
  ]);
  expect(settled).toHaveLength(1);
});

it('counts itself when the server does not say', async () => {
  const { stream } = setUp(text('In 1823.'));
  expect((await all(stream)).at(-1)).toMatchObject({ type: 'usage', counted: true, promptTokens: 22, completionTokens: 8 });
});

it('counts what was used by then when the person stops it', async () => {
  const { stream, stopping, settled } = setUp(text('In 1823, '), text('on a stormy night.'));
  const parts: ChatPart[] = [];
  for await (const part of stream) {
    parts.push(part);
    stopping.abort();
  }
  expect(parts.at(-1)).toMatchObject({ type: 'usage', counted: true });
  expect(settled).toEqual([expect.objectContaining({ promptTokens: expect.any(Number), completionTokens: expect.any(Number) })]);
  expect(settled[0]?.promptTokens).toBeGreaterThan(3);
});

it('counts it too when whoever asked goes away without a word', async () => {
  const { stream, settled } = setUp(text('In 1823, '), text('on a stormy night.'));
  for await (const _part of stream) break;
  expect(settled).toHaveLength(1);
  expect(settled[0]?.completionTokens).toBeGreaterThan(0);
});

it.each<[ProblemCode, boolean]>([
  ['model-key-refused', false],
  ['model-unreachable', false],
  ['model-dropped', true],
  ['model-silent', true],
])('takes a call that fails at once with %s for one that is charged for: %s', async (code, isCharged) => {
  const { stream, settled } = setUp(new ProblemError({ code }));
  await expect(all(stream)).rejects.toMatchObject({ problem: { code } });
  expect(settled).toHaveLength(1);
  expect((settled[0]?.promptTokens ?? 0) > 0).toBe(isCharged);
});

it('counts what came before an answer breaks off, whatever it broke off by', async () => {
  const { stream, settled } = setUp(text('In 18'), new ProblemError({ code: 'model-failed' }));
  await expect(all(stream)).rejects.toThrow();
  expect(settled[0]?.completionTokens).toBeGreaterThan(0);
});

it('sets aside, and counts, the question as often as it may be sent, and was', async () => {
  const one = setUp(text('In 1823.'));
  await all(one.stream);
  const three = setUpAsking({ answers: 3, furtherRequests: 2 }, [text('In 1823.')]);
  await all(three.stream);
  expect(three.opened[0]?.expected.promptTokens).toBe((one.opened[0]?.expected.promptTokens ?? 0) * 3);
  expect(three.settled[0]?.promptTokens).toBe(66);
  const together = setUpAsking({ answers: 3, furtherRequests: 0 }, [text('In 1823.')]);
  await all(together.stream);
  expect(together.settled[0]?.promptTokens).toBe(22);
});

it('settles by what the server said before it broke off', async () => {
  const { stream, settled } = setUp(
    text('In 18'),
    { type: 'usage', promptTokens: 50, completionTokens: 900 },
    new ProblemError({ code: 'model-cut-off' }),
  );
  await expect(all(stream)).rejects.toThrow();
  expect(settled).toEqual([expect.objectContaining({ promptTokens: 50, completionTokens: 900 })]);
});
