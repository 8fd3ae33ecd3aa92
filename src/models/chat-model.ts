import type { Usage } from '../core/conversation/conversation';
import type { CallAccount } from '../core/models/call-account';
import type { LeftOut, ModelParameters } from '../core/models/model-parameters';
import type { ProblemCode } from '../core/problem';
import type { ChatMessage } from '../core/prompt/build-prompt';

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly parameters?: ModelParameters;
  /** The answer is JSON: the messages say in which form, and the server is told where it takes that. */
  readonly asJson?: true;
  /** An answer unless it says otherwise. Not sent. */
  readonly account?: CallAccount;
  /** Is told each time the messages are sent once more, for an answer that did not come with the others. Not sent. */
  readonly onFurtherRequest?: () => void;
}

/** What a model's answer arrives in: any number of `text-delta` and `problem`, at most one `left-out`, before them, and at most one `usage`. */
export type ChatPart =
  | { readonly type: 'left-out'; readonly parts: readonly LeftOut[] }
  /** `answer` counts the answers from 0, when several were asked for; absent for the first. */
  | { readonly type: 'text-delta'; readonly text: string; readonly answer?: number }
  /** One of several answers was ended by the model or a filter; what is wrong with all of them is thrown. */
  | { readonly type: 'problem'; readonly code: ProblemCode; readonly answer?: number }
  /** Of all answers together; comes too when the signal aborts or before an error, where the server had said it by then. */
  | ({ readonly type: 'usage' } & TokenUsage);

/** As in `Usage`. */
export type TokenUsage = Omit<Usage, 'model' | 'counted' | 'cost'> & Partial<Pick<Usage, 'counted' | 'cost'>>;

export interface ChatModel {
  readonly name: string;
  /**
   * Streams one answer, or as many as `parameters.answers` says. Ends when they are whole; ends early, without an error, when the signal aborts.
   * @throws ProblemError any `model-…`
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPart>;
}
