export interface EmbeddingModel {
  /** Stands for the space that the vectors live in: vectors with different keys are never compared. */
  readonly key: string;
  readonly name: string;
  /**
   * @param texts none empty; as many and as long as one request may hold (see `core/vectors/batch-texts.ts`)
   * @param onTokens is told how many tokens were sent, by the server's own count, if it says
   * @returns one vector a text, in their order, all of the same length
   * @throws ProblemError any `model-…`
   */
  embed(texts: readonly string[], signal?: AbortSignal, onTokens?: (tokens: number) => void): Promise<Float32Array[]>;
}
