import { GrowingAnswer } from '../../core/conversation/growing-answer';
import type { Cost, TokensUsed } from '../../core/models/model-prices';
import type { PageId } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import { readSuggested, type SuggestingPage, suggestingTokens, suggestPrompt } from '../../core/prompt/suggest-prompt';
import { suggestQuestions } from '../../core/prompt/suggest-questions';
import type { ChatModel } from '../../models/chat-model';
import type { Handlers } from '../../protocol/handle';
import type { ModelSuggestions, SuggestionRequests } from '../../protocol/suggestion-requests';
import { readPage } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';
import { attempt } from './attempt';

/** Someone waits for three lines. */
const suggestingMs = 30_000;
/** What is longer is no three questions. */
const mostCharacters = 4_000;

export interface SuggestionTools {
  readonly openLibrary: () => Promise<Library>;
  readonly chatModel: () => Promise<ChatModel | undefined>;
  readonly costOf: (model: string, used: TokensUsed) => Promise<Cost>;
  readonly newNonce: () => string;
}

/** What could be asked of a page: by its own headings, and by a model when the person wants that. */
export function suggestionHandlers({ openLibrary, chatModel, costOf, newNonce }: SuggestionTools): Handlers<SuggestionRequests, unknown> {
  const read = async (pageId: PageId): Promise<SuggestingPage> => {
    const { page, version } = await readPage(await openLibrary(), pageId);
    return { title: page.title, text: version.text };
  };
  const asking = new Set<{ readonly pageId: PageId; readonly stop: AbortController }>();
  const ask = async (pageId: PageId, stop: AbortSignal): Promise<ModelSuggestions | null> => {
    const page = await read(pageId);
    const model = await chatModel();
    if (!model) throw new ProblemError({ code: 'model-address-invalid' });
    const enough = new AbortController();
    const limit = AbortSignal.timeout(suggestingMs);
    const request = { messages: suggestPrompt(page, newNonce()), account: { purpose: 'suggest' } } as const;
    const written = new GrowingAnswer();
    let cost: Cost = { kind: 'unknown' };
    if (stop.aborted) return null;
    for await (const part of model.stream(request, AbortSignal.any([limit, enough.signal, stop]))) {
      if (part.type === 'usage') cost = part.cost ?? cost;
      if (part.type === 'text-delta') written.add(part.text);
      if (written.problem || written.text.length > mostCharacters) enough.abort();
    }
    if (stop.aborted) return null;
    written.end();
    const questions = readSuggested(written.text);
    if (questions.length === 0) throw new ProblemError({ code: limit.aborted ? 'model-silent' : 'model-empty' });
    return { questions, model: model.name, cost };
  };
  return {
    async 'suggestions/read'({ pageId }) {
      const page = await read(pageId);
      const model = await attempt(chatModel);
      const isSet = 'value' in model && model.value;
      return { questions: suggestQuestions(page.text), ...(isSet ? { modelCost: await costOf(isSet.name, suggestingTokens(page)) } : {}) };
    },
    async 'suggestions/ask-model'({ pageId }) {
      const one = { pageId, stop: new AbortController() };
      asking.add(one);
      try {
        return await ask(pageId, one.stop.signal);
      } finally {
        asking.delete(one);
      }
    },
    async 'suggestions/stop'({ pageId }) {
      for (const one of asking) if (one.pageId === pageId) one.stop.abort();
      return null;
    },
  };
}
