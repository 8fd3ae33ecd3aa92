import type { Assistant } from '../../core/assistants/assistant';
import type { ModelParameters } from '../../core/models/model-parameters';
import type { ModelSettings } from '../../core/models/settings';
import type { Searcher } from '../../core/search/search';
import type { ChatModel } from '../../models/chat-model';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { TokenCounter } from '../../models/token-counter';
import type { Library } from '../../storage/schema';
import type { RetrievalTuning } from '../../storage/tuning/retrieval-tunings';
import type { PictureTools } from '../picture/make-picture';

export interface AnswerTools {
  readonly library: Library;
  readonly searcher: Searcher;
  /** @param name one that an assistant asks for; the one in Settings if absent */
  readonly chatModel: (name?: string) => Promise<ChatModel | undefined>;
  readonly imageModel: PictureTools['imageModel'];
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  /** How search by a model's vectors is tuned to the person; nothing when it is not. */
  readonly retrievalTuning?: (modelKey: string) => Promise<RetrievalTuning | undefined>;
  readonly contextTokens: number;
  /** What is asked of the chat model, unless the question says otherwise. */
  readonly parameters?: ModelParameters;
  readonly countTokens: () => Promise<TokenCounter>;
  /** All there are, hidden ones too. */
  readonly assistants: () => Promise<readonly Assistant[]>;
  /** The date, in words. */
  readonly today: () => string;
  /** What the person reads, by its English name. */
  readonly language: () => string;
  readonly now: () => number;
  readonly newId: () => string;
  /** Unguessable and new at each call. */
  readonly newNonce: () => string;
}

/** What of the settings bears on how questions are answered. */
export function answerSettings({ contextTokens, parameters }: ModelSettings): Pick<AnswerTools, 'contextTokens' | 'parameters'> {
  return { contextTokens, ...(parameters ? { parameters } : {}) };
}
