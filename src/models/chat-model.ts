import type { ChatMessage } from '../core/build-prompt';
import type { ModelParameters } from '../core/model-parameters';

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly parameters?: ModelParameters;
}

/** What a model's answer arrives in: any number of `text-delta`, at most one `usage`. */
export type ChatPart =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'usage'; readonly promptTokens: number; readonly completionTokens: number };

export interface ChatModel {
  readonly name: string;
  /**
   * Streams one answer. Ends when the answer is whole; ends early, without an error, when the signal aborts.
   * @throws ProblemError any `model-…`
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPart>;
}
