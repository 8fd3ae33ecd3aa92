import type { AnswerMessage, Usage } from '../../core/conversation';
import type { ChatModel, ChatRequest } from '../../models/chat-model';
import type { TokenCounter } from '../../models/token-counter';
import type { AnswerTools } from './answer-tools';

/** How often a growing answer is stored, so that little of it is lost with the worker. */
const storeEveryMs = 1_000;

export interface WritingTools extends Pick<AnswerTools, 'countTokens' | 'now'> {
  readonly store: (answer: AnswerMessage) => Promise<void>;
}

/**
 * Has a model write an answer, and stores it while it grows.
 * @param answer as it is before a word has come
 * @returns the words as they come, each with the answer up to there; at last, unless the signal aborts, the whole with what it took
 * @throws ProblemError any `model-…`
 */
export async function* writeAnswer(
  answer: AnswerMessage,
  model: ChatModel,
  request: ChatRequest,
  { countTokens, now, store }: WritingTools,
  signal: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly answer: AnswerMessage }> {
  let written = answer;
  let storedAt = now();
  for await (const part of model.stream(request, signal)) {
    if (part.type === 'usage') {
      const { promptTokens, completionTokens } = part;
      written = { ...written, usage: { model: model.name, promptTokens, completionTokens, counted: false } };
      continue;
    }
    written = { ...written, text: written.text + part.text };
    yield { text: part.text, answer: written };
    if (now() - storedAt < storeEveryMs) continue;
    storedAt = now();
    await store(written);
  }
  if (signal.aborted) return;
  yield { text: '', answer: { ...written, usage: written.usage ?? (await countUsage(model.name, request, written.text, countTokens)) } };
}

/** For servers that don't say what they counted. */
async function countUsage(
  model: string,
  { messages }: ChatRequest,
  text: string,
  countTokens: () => Promise<TokenCounter>,
): Promise<Usage> {
  const count = await countTokens();
  const promptTokens = messages.reduce((sum, message) => sum + count(message.content), 0);
  return { model, promptTokens, completionTokens: count(text), counted: true };
}
