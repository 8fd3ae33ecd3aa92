import type { ConversationId, MessageId } from '../core/conversation';
import type { Verdict } from '../core/tuning/stored-example';

/** What a person made of an answer. */
export interface AnswerVerdict {
  readonly answerId: MessageId;
  readonly verdict: Verdict;
  /** What they would have answered. */
  readonly text?: string;
}

/** What may be asked of the worker about examples to train on. */
export interface ExampleRequests {
  /**
   * Makes an example of an answer, or takes it back. With a `text`, that is the good answer and the model's the rejected one. With a `rejectedId`, that is
   * another answer to the same question, which is the worse one.
   */
  'examples/judge': { data: { answerId: MessageId; verdict: Verdict | 'none'; text?: string; rejectedId?: MessageId }; reply: null };
  /** Of the answers in a conversation, those that were judged. */
  'examples/verdicts': { data: { conversationId: ConversationId }; reply: readonly AnswerVerdict[] };
}
