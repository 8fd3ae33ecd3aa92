import { describe, expect, it } from 'vitest';
import { suggestionHandlers } from '../../../src/background/answer/suggestion-requests';
import type { TokensUsed } from '../../../src/core/models/model-prices';
import type { PageId } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import type { ChatModel, ChatPart, ChatRequest } from '../../../src/models/chat-model';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

const usage: ChatPart = { type: 'usage', promptTokens: 300, completionTokens: 20, cost: { kind: 'known', usd: 0.0002 } };

/** What a model says that is heard of only when it is stopped. */
const neverEnds = 'Who lit the lamps?';

async function setUp(says?: string) {
  const library = await temporaryLibrary();
  const pageId = await addPage(library, 'cordouan', { title: 'Lamps', text: '# Lamps\n\n## Who lit them?\n\nThe keepers lit the lamps.' });
  const asked: ChatRequest[] = [];
  const priced: TokensUsed[] = [];
  const model: ChatModel = {
    name: 'writer',
    async *stream(request, signal) {
      asked.push(request);
      if (says === neverEnds) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield { type: 'text-delta', text: says ?? '' };
      yield usage;
    },
  };
  const {
    'suggestions/read': read,
    'suggestions/ask-model': askModel,
    'suggestions/stop': stop,
  } = suggestionHandlers({
    openLibrary: async () => library,
    chatModel: async () => (says === undefined ? undefined : model),
    async costOf(_, used) {
      priced.push(used);
      return { kind: 'known', usd: used.promptTokens / 1_000_000 };
    },
    newNonce: () => 'n0nce',
  });
  return {
    read: async () => read({ pageId }, null),
    askModel: async () => askModel({ pageId }, null),
    stop: async (id = pageId) => stop({ pageId: id }, null),
    asked,
    priced,
  };
}

describe('Questions suggested for a page', () => {
  it('are its headings, with what the model would cost, and the model is not asked', async () => {
    const { read, asked, priced } = await setUp('Who lit it?');
    expect(await read()).toEqual({
      questions: [{ kind: 'asked', text: 'Who lit them?' }],
      modelCost: { kind: 'known', usd: (priced[0]?.promptTokens ?? 0) / 1_000_000 },
    });
    expect(asked).toEqual([]);
  });

  it('are its headings alone when no model is set, or it may not be used', async () => {
    const { read, askModel } = await setUp();
    expect(await read()).toEqual({ questions: [{ kind: 'asked', text: 'Who lit them?' }] });
    await expect(askModel()).rejects.toThrow(ProblemError);
  });

  it('are what the model writes when it is asked, which is recorded for what it is, with what it cost', async () => {
    const { askModel, asked } = await setUp('<think>Hm?</think>1. Who lit the lamps?\n2. What did the keepers do?');
    expect(await askModel()).toEqual({
      questions: ['Who lit the lamps?', 'What did the keepers do?'],
      model: 'writer',
      cost: { kind: 'known', usd: 0.0002 },
    });
    expect(asked.map(({ account }) => account)).toEqual([{ purpose: 'suggest' }]);
  });

  it('that a model takes long over can be stopped, before and after it was asked, and those for another page go on', async () => {
    const { askModel, stop, asked } = await setUp(neverEnds);
    const first = askModel();
    await stop();
    expect(await first).toBeNull();
    expect(asked).toHaveLength(0);
    const second = askModel();
    await expect.poll(() => asked.length).toBe(1);
    await stop('another' as PageId);
    expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 10, 'goes on'))])).toBe('goes on');
    await stop();
    expect(await second).toBeNull();
  });

  it('that a model does not write are missed', async () => {
    const { askModel } = await setUp('I cannot help with that.');
    await expect(askModel()).rejects.toThrow('model-empty');
  });
});
