import type { AnswerTools } from '../../src/background/answer/answer-tools';
import type { ChatModel } from '../../src/models/chat-model';
import { librarySearcher } from '../../src/storage/library-searcher';
import type { Library } from '../../src/storage/schema';

let last = 0;

/** A time that is later than all before. */
export const nextTime = () => ++last;
/** An id that is like none before. */
export const nextId = () => `id-${++last}`;

/** What answers are made with, of which only what a test cares for need be said: one model or none, and a token for each letter. */
export function answerTools(library: Library, chat?: ChatModel, rest: Partial<AnswerTools> = {}): AnswerTools {
  return {
    library,
    searcher: librarySearcher(async () => library),
    chatModel: async () => chat,
    imageModel: async () => undefined,
    embeddingModel: async () => undefined,
    contextTokens: 4_000,
    countTokens: async () => (text) => text.length,
    now: nextTime,
    newId: nextId,
    newNonce: nextId,
    assistants: async () => [],
    today: () => '21 November 2026',
    language: () => 'English',
    ...rest,
  };
}
