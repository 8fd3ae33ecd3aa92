import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  MessageId,
  QuestionMessage,
  SearchReport,
  Source,
} from '../core/conversation/conversation';
import type { ModelParameters } from '../core/models/model-parameters';
import type { Cost } from '../core/models/model-prices';
import type { Problem } from '../core/problem';
import type { AskChoices } from '../core/prompt/ask-choices';

/** The name of the Port that carries one question, asked of several models at once. */
export const comparisonPort = 'comparison';

export const candidateLimits = { min: 2, max: 4 } as const;

/** A model of the server that is set, and how it is asked. */
export interface Candidate {
  readonly model: string;
  readonly parameters: ModelParameters;
}

export interface ComparisonAsked {
  /** Absent to begin a new conversation. */
  readonly conversationId?: ConversationId;
  readonly question: string;
  readonly choices?: AskChoices;
  /** The message that it follows; null: none. Absent: the last of the branch that is shown. */
  readonly parentId?: MessageId | null;
  readonly candidates: readonly Candidate[];
}

/** What the panel sends: `prepare` first and once, `ask` when the person has seen what it would cost, `stop` at any time. */
export type ComparerMessage = ({ readonly type: 'prepare' } & ComparisonAsked) | { readonly type: 'ask' } | { readonly type: 'stop' };

/** What a candidate is expected to take. */
export interface CandidateEstimate {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cost: Cost;
}

/**
 * What comes back. `prepared`, and once the person has agreed `question-stored`, then for each candidate any number of `candidate-text` and one
 * `candidate-end`; at last `comparison-end` or `comparison-failed`, after which the worker closes the Port.
 */
export type ComparisonPart =
  | {
      readonly type: 'prepared';
      readonly sources: readonly Source[];
      readonly report: SearchReport;
      /** Without passages models are asked only where they may answer from their own knowledge. */
      readonly canAsk: boolean;
      /** One for each candidate, in their order. */
      readonly estimates: readonly CandidateEstimate[];
    }
  | { readonly type: 'question-stored'; readonly conversation: Conversation; readonly question: QuestionMessage }
  | { readonly type: 'candidate-text'; readonly candidate: number; readonly text: string }
  /** However it ended: the answer says so. */
  | { readonly type: 'candidate-end'; readonly candidate: number; readonly answer: AnswerMessage; readonly firstWordMs?: number }
  | { readonly type: 'comparison-end' }
  | { readonly type: 'comparison-failed'; readonly problem: Problem };
