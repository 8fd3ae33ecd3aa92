import { costOfTokens, type PriceEdit, priceOf } from '../models/model-prices';

export type EmbeddingCost =
  /** @property usd for all of it; `date` is when the price was looked up, ISO 8601, absent when the person entered it */
  | {
      readonly kind: 'known';
      readonly usd: number;
      readonly usdPerMillionTokens: number;
      readonly date?: string;
      /** Present when it would pass what may be spent this month: how much that is, and what is left of it. */
      readonly cap?: { readonly usd: number; readonly leftUsd: number };
    }
  | { readonly kind: 'local' }
  | { readonly kind: 'unknown' };

/** What a provider asks for embedding so many tokens. */
export function embeddingCost(baseUrl: string, model: string, tokens: number, edits: readonly PriceEdit[]): EmbeddingCost {
  const price = priceOf(baseUrl, model, edits);
  const cost = costOfTokens(price, { promptTokens: tokens, completionTokens: 0 });
  const usdPerMillionTokens = price.kind === 'known' ? price.price.usdPerMillionInput : undefined;
  if (price.kind !== 'known' || cost.kind !== 'known' || usdPerMillionTokens === undefined)
    return { kind: cost.kind === 'local' ? 'local' : 'unknown' };
  return { kind: 'known', usd: cost.usd, usdPerMillionTokens, ...(price.date === undefined ? {} : { date: price.date }) };
}
