import { isLocalServer } from './is-local-server';
import type { ModelPrice } from './model-price';
import { shippedPrices } from './shipped-prices';

/** A price that the person has entered, in the place of a shipped one or where there is none. */
export interface PriceEdit extends ModelPrice {
  /** Of the server, with its port if it has one of its own. */
  readonly host: string;
  readonly model: string;
}

export type Price =
  /** `date` and `source` say where it is from; absent when the person entered it. */
  | { readonly kind: 'known'; readonly price: ModelPrice; readonly date?: string; readonly source?: string }
  /** The server is on this computer or in this network: nobody sends a bill. */
  | { readonly kind: 'local' }
  | { readonly kind: 'unknown' };

export type Cost =
  | { readonly kind: 'known'; readonly usd: number }
  | { readonly kind: 'local' }
  /** Never taken for nothing. */
  | { readonly kind: 'unknown' };

/** What a request took, as the server reports it or as it was counted here. */
export interface TokensUsed {
  readonly promptTokens: number;
  /** Of those, what the server had read before. */
  readonly cachedTokens?: number;
  /** What is thought and not shown is part of it. */
  readonly completionTokens: number;
}

/** What one request took. */
export interface ModelUse extends TokensUsed {
  /** Present when it was for a picture. */
  readonly image?: { readonly quality: string; readonly size: string };
}

/**
 * What the provider asks for a model. What the person entered goes before what is shipped, for a local server too, which may pass on to one that
 * sends bills. A dated snapshot costs what the model does unless it is listed itself; a tuned model costs what is listed for those tuned from its base.
 */
export function priceOf(baseUrl: string, model: string, edits: readonly PriceEdit[]): Price {
  if (!URL.canParse(baseUrl)) return { kind: 'unknown' };
  const { host, hostname } = new URL(baseUrl);
  const names = namesOf(model);
  for (const name of names) {
    const edit = edits.find((one) => one.host === host && one.model === name && !isOnlyOfTraining(one));
    if (edit) return { kind: 'known', price: edit };
  }
  if (isLocalServer(hostname)) return { kind: 'local' };
  for (const name of names) {
    const list = shippedPrices.find((one) => one.host === host && Object.hasOwn(one.models, name));
    const price = list?.models[name];
    if (list && price) return { kind: 'known', price, date: list.date, source: list.source };
  }
  return { kind: 'unknown' };
}

/** Says nothing of what an answer costs. */
function isOnlyOfTraining({ usdPerMillionTrained, usdPerMillionInput, usdPerMillionOutput, usdPerImage }: PriceEdit): boolean {
  return usdPerMillionTrained !== undefined && (usdPerMillionInput ?? usdPerMillionOutput ?? usdPerImage) === undefined;
}

/** The names that a model may be listed by, the closest first. A tuned one is called `ft:base:organisation:name:id`. */
function namesOf(model: string): string[] {
  const base = /^ft:([^:]+):/.exec(model)?.[1];
  const whole = base === undefined ? model : `ft:${base}`;
  return [...new Set([model, whole, whole.replace(/-\d{4}-\d{2}-\d{2}$/, '')])];
}

/** What was used for that price; unknown when the price of a part of it is. */
export function costOfTokens(price: Price, { promptTokens, cachedTokens = 0, completionTokens }: TokensUsed): Cost {
  if (price.kind !== 'known') return { kind: price.kind };
  const { usdPerMillionInput: input, usdPerMillionOutput: output, usdPerMillionCachedInput: cached = input } = price.price;
  if (input === undefined || cached === undefined || (output === undefined && completionTokens > 0)) return { kind: 'unknown' };
  // A server may say nonsense, and nobody is ever paid for a question.
  const fromCache = Math.min(Math.max(cachedTokens, 0), promptTokens);
  const usdMillionth = (promptTokens - fromCache) * input + fromCache * cached + completionTokens * (output ?? 0);
  return { kind: 'known', usd: usdMillionth / 1_000_000 };
}

/** What `auto` stands for is the server's choice: it is taken for the dearest that is listed. */
export function costOfImage(price: Price, quality: string, size: string): Cost {
  if (price.kind !== 'known') return { kind: price.kind };
  const { imagePrices, usdPerImage } = price.price;
  const isAsked = (asked: string, listed: string) => asked === listed || asked === 'auto';
  const listed = imagePrices?.filter((one) => isAsked(quality, one.quality) && isAsked(size, one.size)).map(({ usd }) => usd) ?? [];
  const usd = listed.length > 0 ? Math.max(...listed) : usdPerImage;
  return usd === undefined ? { kind: 'unknown' } : { kind: 'known', usd };
}

/** What was used for that price. A picture is billed by its tokens where the server counts them and they have prices, else as one that is listed. */
export function costOfUse(price: Price, use: ModelUse): Cost {
  if (!use.image) return costOfTokens(price, use);
  const byTokens = use.completionTokens > 0 ? costOfTokens(price, use) : undefined;
  return byTokens?.kind === 'known' ? byTokens : costOfImage(price, use.image.quality, use.image.size);
}
