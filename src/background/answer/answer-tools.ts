import type { Searcher } from '../../core/search';
import type { ChatModel } from '../../models/chat-model';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { TokenCounter } from '../../models/token-counter';
import type { Library } from '../../storage/schema';

export interface AnswerTools {
  readonly library: Library;
  readonly searcher: Searcher;
  readonly chatModel: () => Promise<ChatModel | undefined>;
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  readonly contextTokens: number;
  readonly countTokens: () => Promise<TokenCounter>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Unguessable and new at each call. */
  readonly newNonce: () => string;
}
