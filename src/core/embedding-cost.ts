import { embeddingPrices, pricesFrom } from './model-prices';

export type Cost =
  /** @property usd for all of it; `date` is when the price was looked up, ISO 8601 */
  | { readonly kind: 'known'; readonly usd: number; readonly usdPerMillionTokens: number; readonly date: string }
  /** The server is on this computer or in this network: nobody sends a bill. */
  | { readonly kind: 'local' }
  | { readonly kind: 'unknown' };

/** What a provider asks for embedding so many tokens. */
export function embeddingCost(baseUrl: string, model: string, tokens: number): Cost {
  if (!URL.canParse(baseUrl)) return { kind: 'unknown' };
  const { hostname } = new URL(baseUrl);
  if (isLocal(hostname)) return { kind: 'local' };
  const price = embeddingPrices.find((known) => known.host === hostname && known.model === model);
  if (!price) return { kind: 'unknown' };
  const { usdPerMillionTokens } = price;
  return { kind: 'known', usd: (tokens * usdPerMillionTokens) / 1_000_000, usdPerMillionTokens, date: pricesFrom.date };
}

/** Names and addresses that lead nowhere but to this computer or its own network (RFC 1918, 3927, 4193, 4291, 6761, 6762). */
const localHosts = [
  /^localhost$|\.localhost$|\.local$/,
  /^127\.\d+\.\d+\.\d+$/,
  /^10\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^169\.254\.\d+\.\d+$/,
  /^\[::1\]$/,
  /^\[f[cd][0-9a-f]{2}:/,
  /^\[fe[89ab][0-9a-f]:/,
];

/** @param hostname as `URL` writes it */
function isLocal(hostname: string): boolean {
  return localHosts.some((pattern) => pattern.test(hostname));
}
