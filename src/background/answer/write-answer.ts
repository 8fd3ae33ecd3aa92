import type { AnswerMessage } from '../../core/conversation';
import { GrowingAnswer } from '../../core/growing-answer';
import { ProblemError } from '../../core/problem';
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
 * @throws ProblemError any `model-…`, also when what comes is nothing, or has no end that would be worth waiting for
 */
export async function* writeAnswer(
  answer: AnswerMessage,
  model: ChatModel,
  request: ChatRequest,
  { now, store }: WritingTools,
  signal: AbortSignal,
): AsyncGenerator<WritingStep> {
  let written = answer;
  const answers = [new GrowingAnswer()];
  const others = () => answers.slice(1).map(({ text }) => text);
  // The stream is read to its end all the same, for what it took is told there.
  const enough = new AbortController();
  let storedAt = now();
  for await (const part of model.stream(request, AbortSignal.any([signal, enough.signal]))) {
    if (part.type === 'usage') {
      const { type: _, ...used } = part;
      written = { ...written, usage: { counted: false, ...used, model: model.name } };
      yield { text: '', answer: written, others: others() };
      continue;
    }
    if (part.type === 'left-out') {
      written = { ...written, leftOut: part.parts };
      continue;
    }
    const { text, answer: index = 0 } = part;
    while (answers.length <= index) answers.push(new GrowingAnswer());
    const shown = answers[index]?.add(text) ?? '';
    if (answers.every(({ problem }) => problem)) enough.abort();
    written = { ...written, text: answers[0]?.text ?? '' };
    yield { text: index === 0 ? shown : '', answer: written, others: others() };
    if (now() - storedAt < storeEveryMs) continue;
    storedAt = now();
    await store(written);
  }
  if (signal.aborted) return;
  const rest = answers.map((growing) => growing.end());
  written = { ...written, text: answers[0]?.text ?? '' };
  if (rest.some(Boolean)) yield { text: rest[0] ?? '', answer: written, others: others() };
  const problems = answers.map(({ problem, text }) => problem ?? (text.trim() === '' ? 'model-empty' : undefined));
  // Of several answers, one that is well is enough.
  if (problems[0] && problems.every(Boolean)) throw new ProblemError({ code: problems[0] });
}
