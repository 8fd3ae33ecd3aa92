import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  MessageId,
  QuestionMessage,
  SearchReport,
  Source,
} from '../core/conversation/conversation';
import type { Problem } from '../core/problem';
import type { AskChoices } from '../core/prompt/ask-choices';

/** The name of the Port that carries one question and its answer. */
export const answerPort = 'answer';

/** A question on its way to the worker. */
export interface Asked {
  /** Absent to begin a new conversation. */
  readonly conversationId?: ConversationId;
  readonly question: string;
  readonly choices?: AskChoices;
  /** The message that it follows; null: none. Absent: the last of the branch that is shown. */
  readonly parentId?: MessageId | null;
  /** A question that is stored, to be answered once more. It is not stored again, and its own words count. */
  readonly againId?: MessageId;
}

/** What the panel sends down the Port: `ask` first and once, then `stop` if it likes. Closing the Port stops the answer too. */
export type AskerMessage = ({ readonly type: 'ask' } & Asked) | { readonly type: 'stop' };

/**
 * What comes back up. The order is `question-stored`, `sources` (again when others take their
 * place: those that words find come first, then those that the answer is written from), any number of `text-delta`, then exactly one of
 * `answer-end`, `answer-stopped` or `answer-failed`, after which the worker closes the Port. A Port that closes
 * without one of these means that the worker died: read the conversation again.
 */
export type AnswerPart =
  | { readonly type: 'question-stored'; readonly conversation: Conversation; readonly question: QuestionMessage }
  | { readonly type: 'sources'; readonly sources: readonly Source[]; readonly report: SearchReport }
  | { readonly type: 'text-delta'; readonly text: string }
  /** `others` stand beside the answer, when several were asked for. */
  | { readonly type: 'answer-end' | 'answer-stopped'; readonly answer: AnswerMessage; readonly others?: readonly AnswerMessage[] }
  /** `answer` is absent only when the question itself could not be stored. */
  | {
      readonly type: 'answer-failed';
      readonly problem: Problem;
      readonly answer?: AnswerMessage;
      readonly others?: readonly AnswerMessage[];
    };
