/** What a model's provider asks for what is sent to it. */
export interface ModelPrice {
  /** The provider's server: the same name elsewhere is another offer. */
  readonly host: string;
  readonly model: string;
  readonly usdPerMillionTokens: number;
}

/** When the prices were looked up, as an ISO 8601 date, and where. Those of batches, which are answered within a day, are left out. */
export const pricesFrom = { date: '2026-07-03', source: 'https://developers.openai.com/api/docs/pricing' } as const;

export const embeddingPrices: readonly ModelPrice[] = [
  { host: 'api.openai.com', model: 'text-embedding-3-small', usdPerMillionTokens: 0.02 },
  { host: 'api.openai.com', model: 'text-embedding-3-large', usdPerMillionTokens: 0.13 },
  { host: 'api.openai.com', model: 'text-embedding-ada-002', usdPerMillionTokens: 0.1 },
];
