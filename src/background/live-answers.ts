import type { ConversationId } from '../core/conversation';
import type { Asked } from '../protocol/answer-stream';
import { answerQuestion } from './answer/answer-question';
import type { AnswerTools } from './answer/answer-tools';

export interface LiveAnswers {
  readonly ask: (asked: Asked, signal: AbortSignal) => ReturnType<typeof answerQuestion>;
  /** Whether an answer in the conversation is being written: one that is not, though it is stored as unfinished, was cut off. */
  readonly isLive: (conversationId: ConversationId) => boolean;
}

/** Answers questions, and knows which answers are under way in this worker. */
export function liveAnswers(openTools: () => Promise<AnswerTools>): LiveAnswers {
  const live = new Set<ConversationId>();
  return {
    isLive: (conversationId) => live.has(conversationId),
    async *ask(asked, signal) {
      let conversationId: ConversationId | undefined;
      try {
        for await (const part of answerQuestion(asked, await openTools(), signal)) {
          if (part.type === 'question-stored') {
            conversationId = part.conversation.id;
            live.add(conversationId);
          }
          yield part;
        }
      } finally {
        if (conversationId) live.delete(conversationId);
      }
    },
  };
}
