import type { AnswerMessage } from '../../core/conversation';
import type { ChatModel, ChatRequest } from '../../models/chat-model';
import type { AnswerTools } from './answer-tools';

/** How often a growing answer is stored, so that little of it is lost with the worker. */
const storeEveryMs = 1_000;

export interface WritingTools extends Pick<AnswerTools, 'now'> {
  readonly store: (answer: AnswerMessage) => Promise<void>;
}

/**
 * Has a model write an answer, and stores it while it grows.
 * @param answer as it is before a word has come
 * @returns the words as they come, each with the answer up to there; with no words when it is told what the answer took, be it whole or broken off
 * @throws ProblemError any `model-…`
 */
export async function* writeAnswer(
  answer: AnswerMessage,
  model: ChatModel,
  request: ChatRequest,
  { now, store }: WritingTools,
  signal: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly answer: AnswerMessage }> {
  let written = answer;
  let storedAt = now();
  for await (const part of model.stream(request, signal)) {
    if (part.type === 'usage') {
      const { type: _, ...used } = part;
      written = { ...written, usage: { counted: false, ...used, model: model.name } };
      yield { text: '', answer: written };
      continue;
    }
    written = { ...written, text: written.text + part.text };
    yield { text: part.text, answer: written };
    if (now() - storedAt < storeEveryMs) continue;
    storedAt = now();
    await store(written);
  }
}
