import type { ConversationId } from '../core/conversation/conversation';
import type { AnswerPart, Asked } from '../protocol/answer-stream';
import type { ComparisonAsked } from '../protocol/comparison-stream';
import { answerQuestion } from './answer/answer-question';
import { type ComparisonTools, compareAnswers } from './answer/compare-answers';

export interface LiveAnswers {
  readonly ask: (asked: Asked, signal: AbortSignal) => ReturnType<typeof answerQuestion>;
  /** The same of several models at once. */
  readonly compare: (asked: ComparisonAsked, agreed: Promise<void>, signal: AbortSignal) => ReturnType<typeof compareAnswers>;
  /** Whether an answer in the conversation is being written: one that is not, though it is stored as unfinished, was cut off. */
  readonly isLive: (conversationId: ConversationId) => boolean;
}

/** Answers questions, and knows which answers are under way in this worker. */
export function liveAnswers(openTools: () => Promise<ComparisonTools>): LiveAnswers {
  /** How many are under way in each: two panels may ask in one conversation. */
  const live = new Map<ConversationId, number>();
  const count = (id: ConversationId, change: number) => {
    const left = (live.get(id) ?? 0) + change;
    if (left > 0) live.set(id, left);
    else live.delete(id);
  };
  /** Notes the conversation of what is being written for as long as it is, be it one that there was or a new one. */
  async function* noted<Part extends { readonly type: string }>(
    { conversationId }: Pick<Asked, 'conversationId'>,
    parts: AsyncGenerator<Part | QuestionStored>,
  ): AsyncGenerator<Part | QuestionStored, void> {
    const ids = new Set<ConversationId>();
    const note = (id: ConversationId) => {
      if (!ids.has(id)) count(id, 1);
      ids.add(id);
    };
    if (conversationId) note(conversationId);
    try {
      for await (const part of parts) {
        if (isQuestionStored(part)) note(part.conversation.id);
        yield part;
      }
    } finally {
      for (const id of ids) count(id, -1);
    }
  }
  return {
    isLive: (conversationId) => live.has(conversationId),
    async *ask(asked, signal) {
      yield* noted(asked, answerQuestion(asked, await openTools(), signal));
    },
    async *compare(asked, agreed, signal) {
      yield* noted(asked, compareAnswers(asked, agreed, await openTools(), signal));
    },
  };
}

type QuestionStored = Extract<AnswerPart, { type: 'question-stored' }>;

function isQuestionStored(part: { readonly type: string }): part is QuestionStored {
  return part.type === 'question-stored';
}
