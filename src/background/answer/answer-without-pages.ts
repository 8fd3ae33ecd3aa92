import type { ChatMessage, Turn } from '../../core/prompt/build-prompt';
import { fillTemplate } from '../../core/prompt/prompt-template';
import type { ChatModel } from '../../models/chat-model';
import type { AnswerInProgress } from './answer-in-progress';
import type { AnswerTools } from './answer-tools';
import { type WritingStep, writeAnswer } from './write-answer';

export interface BareQuestion {
  readonly text: string;
  readonly history?: readonly Turn[];
  /** Of an assistant; may hold `{{date}}` and `{{language}}`. */
  readonly instructions?: string;
}

/** What a model is sent of a question for which nothing is looked for. */
export function bareMessages(
  { text, history = [], instructions = '' }: BareQuestion,
  { today, language }: Pick<AnswerTools, 'today' | 'language'>,
): ChatMessage[] {
  const told = fillTemplate(instructions, { date: today(), language: language() });
  return [
    ...(told ? [{ role: 'system', content: told } as const] : []),
    ...history.flatMap((turn): ChatMessage[] => [
      { role: 'user', content: turn.question },
      { role: 'assistant', content: turn.answer },
    ]),
    { role: 'user', content: text },
  ];
}

/**
 * Has a model answer from nothing but what it is asked: no page is searched, and no rule of ours goes with it.
 * @throws ProblemError any `model-…`
 */
export async function* answerWithoutPages(
  progress: AnswerInProgress,
  question: BareQuestion,
  model: ChatModel,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<WritingStep> {
  progress.change({ kind: 'written' });
  const { parameters = {} } = tools;
  const request = {
    messages: bareMessages(question, tools),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
  yield* writeAnswer(progress, model, request, signal);
}
