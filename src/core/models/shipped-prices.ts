import type { ModelPrice } from './model-price';

/** What one provider asks on its own server, as it stood on one day. */
export interface PriceList {
  /** The provider's server: the same name elsewhere is another offer. */
  readonly host: string;
  /** Where the provider publishes it. */
  readonly source: string;
  /** When it was looked up, ISO 8601. */
  readonly date: string;
  /** By the name of the model; `ft:` and a name is what a model tuned from that one costs. */
  readonly models: Readonly<Record<string, ModelPrice>>;
}

const openAi = { host: 'api.openai.com', source: 'https://developers.openai.com/api/docs/pricing' } as const;

/** USD for a million tokens read, read from the cache of the server, and written; then the context, in tokens, where it is published. */
function chat(input: number, cachedInput: number | undefined, output: number, contextTokens?: number): ModelPrice {
  return {
    usdPerMillionInput: input,
    ...(cachedInput === undefined ? {} : { usdPerMillionCachedInput: cachedInput }),
    usdPerMillionOutput: output,
    ...(contextTokens === undefined ? {} : { contextTokens }),
  };
}

/** What a model costs that was tuned; then USD for a million tokens of training, and the most tokens of an example that it takes. */
function tuned(price: ModelPrice, usdPerMillionTrained: number, trainedExampleTokens: number): ModelPrice {
  return { ...price, usdPerMillionTrained, trainedExampleTokens };
}

/**
 * The prices that come with the extension: list prices for requests that are answered at once, for prompts of up to 272,000 tokens. What no provider's
 * own list says is left out; the person can add it in Settings.
 */
export const shippedPrices: readonly PriceList[] = [
  {
    ...openAi,
    date: '2026-06-21',
    models: {
      'gpt-5.5': chat(5, 0.5, 30),
      'gpt-5.4': chat(2.5, 0.25, 15),
      'gpt-5.4-mini': chat(0.75, 0.075, 4.5),
      'gpt-5.4-nano': chat(0.2, 0.02, 1.25),
      'gpt-5.2': chat(1.75, 0.175, 14, 400_000),
      'gpt-5.1': chat(1.25, 0.125, 10, 400_000),
      'gpt-5': chat(1.25, 0.125, 10, 400_000),
      'gpt-5-mini': chat(0.25, 0.025, 2, 400_000),
      'gpt-5-nano': chat(0.05, 0.005, 0.4, 400_000),
      'gpt-4.1': chat(2, 0.5, 8, 1_047_576),
      'gpt-4.1-mini': chat(0.4, 0.1, 1.6, 1_047_576),
      'gpt-4.1-nano': chat(0.1, 0.025, 0.4, 1_047_576),
      'gpt-4o': chat(2.5, 1.25, 10, 128_000),
      'gpt-4o-2024-05-13': chat(5, undefined, 15, 128_000),
      'gpt-4o-mini': chat(0.15, 0.075, 0.6, 128_000),
      'o4-mini': chat(1.1, 0.275, 4.4, 200_000),
      'o3-mini': chat(1.1, 0.55, 4.4, 200_000),
      'ft:gpt-4.1': tuned(chat(3, 0.75, 12, 1_047_576), 25, 65_536),
      'ft:gpt-4.1-mini': tuned(chat(0.8, 0.2, 3.2, 1_047_576), 5, 65_536),
      'ft:gpt-4.1-nano': tuned(chat(0.2, 0.05, 0.8, 1_047_576), 1.5, 65_536),
      'ft:gpt-4o': tuned(chat(3.75, 1.875, 15, 128_000), 25, 65_536),
      'ft:gpt-4o-mini': tuned(chat(0.3, 0.15, 1.2, 128_000), 3, 65_536),
      'ft:gpt-3.5-turbo': tuned(chat(3, undefined, 6, 16_385), 8, 16_385),
      'gpt-image-1': {
        usdPerMillionInput: 5,
        usdPerMillionOutput: 40,
        imagePrices: [
          { quality: 'low', size: '1024x1024', usd: 0.011 },
          { quality: 'low', size: '1024x1536', usd: 0.016 },
          { quality: 'low', size: '1536x1024', usd: 0.016 },
          { quality: 'medium', size: '1024x1024', usd: 0.042 },
          { quality: 'medium', size: '1024x1536', usd: 0.063 },
          { quality: 'medium', size: '1536x1024', usd: 0.063 },
          { quality: 'high', size: '1024x1024', usd: 0.167 },
          { quality: 'high', size: '1024x1536', usd: 0.25 },
          { quality: 'high', size: '1536x1024', usd: 0.25 },
        ],
      },
      'dall-e-3': {
        imagePrices: [
          { quality: 'standard', size: '1024x1024', usd: 0.04 },
          { quality: 'standard', size: '1024x1792', usd: 0.08 },
          { quality: 'standard', size: '1792x1024', usd: 0.08 },
          { quality: 'hd', size: '1024x1024', usd: 0.08 },
          { quality: 'hd', size: '1024x1792', usd: 0.12 },
          { quality: 'hd', size: '1792x1024', usd: 0.12 },
        ],
      },
    },
  },
  {
    ...openAi,
    date: '2026-07-03',
    models: {
      'text-embedding-3-small': { usdPerMillionInput: 0.02 },
      'text-embedding-3-large': { usdPerMillionInput: 0.13 },
      'text-embedding-ada-002': { usdPerMillionInput: 0.1 },
    },
  },
  {
    host: 'api.groq.com',
    source: 'https://groq.com/pricing',
    date: '2026-06-04',
    models: { 'openai/gpt-oss-120b': chat(0.15, 0.075, 0.6) },
  },
];
