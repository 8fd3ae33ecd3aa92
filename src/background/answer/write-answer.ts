import type { AnswerMessage } from '../../core/conversation';
import type { ChatModel, ChatRequest } from '../../models/chat-model';
import type { AnswerTools } from './answer-tools';

/** How often a growing answer is stored, so that little of it is lost with the worker. */
const storeEveryMs = 1_000;

export interface WritingTools extends Pick<AnswerTools, 'now'> {
  readonly store: (answer: AnswerMessage) => Promise<void>;
}

export interface WritingStep {
  readonly text: string;
  readonly answer: AnswerMessage;
  /** The other answers, when several were asked for, up to there. */
  readonly others: readonly string[];
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
): AsyncGenerator<WritingStep> {
  let written = answer;
  const texts: string[] = [];
  let storedAt = now();
  for await (const part of model.stream(request, signal)) {
    if (part.type === 'usage') {
      const { type: _, ...used } = part;
      written = { ...written, usage: { counted: false, ...used, model: model.name } };
      yield { text: '', answer: written, others: texts.slice(1) };
      continue;
    }
    if (part.type === 'left-out') {
      written = { ...written, leftOut: part.parts };
      continue;
    }
    const { text, answer: index = 0 } = part;
    while (texts.length <= index) texts.push('');
    texts[index] += text;
    written = { ...written, text: texts[0] ?? '' };
    yield { text: index === 0 ? text : '', answer: written, others: texts.slice(1) };
    if (now() - storedAt < storeEveryMs) continue;
    storedAt = now();
    await store(written);
  }
}
