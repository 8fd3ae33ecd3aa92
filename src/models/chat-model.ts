import type { ChatMessage } from '../core/build-prompt';
import type { CallAccount } from '../core/call-account';
import type { Usage } from '../core/conversation';
import type { ModelParameters } from '../core/model-parameters';

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly parameters?: ModelParameters;
  /** An answer unless it says otherwise. Not sent. */
  readonly account?: CallAccount;
}

/** What a model's answer arrives in: any number of `text-delta`, at most one `usage`. */
export type ChatPart = { readonly type: 'text-delta'; readonly text: string } | ({ readonly type: 'usage' } & TokenUsage);

/** As in `Usage`. */
export type TokenUsage = Omit<Usage, 'model' | 'counted' | 'cost'> & Partial<Pick<Usage, 'counted' | 'cost'>>;

export interface ChatModel {
  readonly name: string;
  /**
   * Streams one answer. Ends when the answer is whole; ends early, without an error, when the signal aborts.
   * @throws ProblemError any `model-…`
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPart>;
}
