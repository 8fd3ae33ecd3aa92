import type { ModelParameters } from './model-parameters';

/** What a person sets about models, without the key: safe to show, to export and to log. */
export interface ModelSettings {
  /** Base address of an OpenAI-compatible server, such as `https://api.openai.com/v1`; empty when none is set. */
  readonly baseUrl: string;
  /** Empty when no model writes answers. */
  readonly chatModel: string;
  /** Empty when search uses words only. */
  readonly embeddingModel: string;
  /** How many tokens of passages and conversation a question may carry. */
  readonly contextTokens: number;
  /** What every question asks of the model that writes answers, unless an assistant says otherwise. */
  readonly parameters?: ModelParameters;
  /** How that model is asked, if the person chose; else as a chat, until it refuses. */
  readonly chatEndpoint?: ChatEndpoint;
}

export type ChatEndpoint = 'chat' | 'completions';

export const defaultModelSettings: ModelSettings = {
  baseUrl: '',
  chatModel: '',
  embeddingModel: '',
  contextTokens: 6_000,
};
