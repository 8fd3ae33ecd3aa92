export interface ImagePrice {
  readonly quality: string;
  /** Such as `1024x1536`, width first. */
  readonly size: string;
  readonly usd: number;
}

/** What a provider asks for one of its models, as far as it is known. */
export interface ModelPrice {
  readonly usdPerMillionInput?: number;
  /** For what the server had read before; absent when that costs what other tokens do. */
  readonly usdPerMillionCachedInput?: number;
  /** What is thought and not shown counts as written. */
  readonly usdPerMillionOutput?: number;
  /** Of any picture that is not listed by itself. */
  readonly usdPerImage?: number;
  readonly imagePrices?: readonly ImagePrice[];
  /** The most that the model reads and writes for one answer. */
  readonly contextTokens?: number;
  /** For a token that a model is trained on, once an epoch; present for those that can be. */
  readonly usdPerMillionTrained?: number;
  /** The most tokens of an example that training takes. */
  readonly trainedExampleTokens?: number;
}
