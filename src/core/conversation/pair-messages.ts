import type { AnswerMessage, Message, QuestionMessage } from './conversation';

/** A question, and the answer to it that a branch goes through. */
export interface MessagePair {
  readonly question: QuestionMessage;
  /** Absent when the question was interrupted before there was one. */
  readonly answer?: AnswerMessage;
}

/** The messages of a branch, each question with its answer. */
export function pairMessages(branch: readonly Message[]): MessagePair[] {
  const pairs: MessagePair[] = [];
  for (const message of branch) {
    const last = pairs.at(-1);
    if (message.role === 'question') pairs.push({ question: message });
    else if (last) pairs[pairs.length - 1] = { question: last.question, answer: message };
  }
  return pairs;
}
