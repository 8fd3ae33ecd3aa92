import { describe, expect, it } from 'vitest';
import { estimateMargin } from '../../../src/background/answer/compose-prompt';
import { condenseHistory, toldConversation } from '../../../src/background/answer/condense-history';
import type { CondensedConversation, ConversationId, Message } from '../../../src/core/conversation/conversation';
import type { Turn } from '../../../src/core/prompt/build-prompt';
import type { ChatModel, ChatRequest } from '../../../src/models/chat-model';

function summariser(...says: (string | Error)[]): ChatModel & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  return {
    name: 'summariser',
    asked,
    async *stream(request) {
      asked.push(request);
      const words = says[asked.length - 1] ?? 'Nothing more.';
      if (words instanceof Error) throw words;
      yield { type: 'text-delta', text: words };
    },
  };
}

const turnsUpTo = (count: number): Turn[] =>
  Array.from({ length: count }, (_, index) => ({
    question: `What is number ${index}?`,
    answer: `Number ${index} is ${'a lamp, '.repeat(30)} and so on.`,
  }));

/** An answer for which the beginning was condensed, with those that follow it. */
const answeredWith = (condensed: CondensedConversation) => [{ role: 'answer', condensed } as unknown as Message];

/** @param budgetTokens for the conversation, which is a third of all, less what estimates fall short by */
const tell = (turns: Turn[], model: ChatModel, budgetTokens: number, earlier: Message[] = []) =>
  condenseHistory(
    toldConversation(turns, earlier),
    model,
    { contextTokens: budgetTokens * 3 * estimateMargin, conversationId: 'c' as ConversationId, nonce: 'n0nce' },
    new AbortController().signal,
  );

describe('what a model is told of a conversation', () => {
  it('is all of it while there is room, and no model is asked for that', async () => {
    const model = summariser();
    expect(await tell(turnsUpTo(3), model, 10_000)).toEqual({ history: turnsUpTo(3) });
    expect(model.asked).toEqual([]);
  });

  it('is its beginning condensed and its end whole when there is not', async () => {
    const model = summariser('Ten lamps were spoken of.');
    const { history, condensed } = await tell(turnsUpTo(20), model, 800);
    const kept = history.slice(1);
    expect(history[0]?.answer).toBe('Ten lamps were spoken of.');
    expect(kept).toEqual(turnsUpTo(20).slice(-kept.length));
    expect(condensed).toEqual({ text: 'Ten lamps were spoken of.', turns: 20 - kept.length });
    expect(model.asked[0]?.account).toEqual({ purpose: 'condense', conversationId: 'c' });
    const asked = model.asked[0]?.messages.at(-1)?.content ?? '';
    expect(asked).toContain('What is number 0?');
    expect(asked).toContain(`What is number ${19 - kept.length}?`);
    expect(asked).not.toContain(`What is number ${20 - kept.length}?`);
  });

  it('is what was condensed before, as long as there is room for what came after it', async () => {
    const model = summariser();
    const { history, condensed } = await tell(turnsUpTo(12), model, 800, answeredWith({ text: 'Lamps.', turns: 10 }));
    expect(history.map(({ question }) => question)).toEqual([expect.any(String), 'What is number 10?', 'What is number 11?']);
    expect(condensed).toEqual({ text: 'Lamps.', turns: 10 });
    expect(model.asked).toEqual([]);
  });

  it('is condensed again, with what was condensed before', async () => {
    const model = summariser('More lamps.');
    const { condensed } = await tell(turnsUpTo(30), model, 800, answeredWith({ text: 'The first lamps.', turns: 10 }));
    expect(model.asked[0]?.messages.at(-1)?.content).toContain('The first lamps.');
    expect(model.asked[0]?.messages.at(-1)?.content).not.toContain('What is number 9?');
    expect(condensed?.text).toBe('More lamps.');
    expect(condensed?.turns).toBeGreaterThan(20);
  });

  it.each([
    ['fails', new Error('No.')],
    ['says nothing', '  '],
  ])('is left for the prompt to cut when the model %s', async (_, says) => {
    expect(await tell(turnsUpTo(20), summariser(says), 800)).toEqual({ history: turnsUpTo(20) });
  });
});
