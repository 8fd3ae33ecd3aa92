import { expect, it } from 'vitest';
import { costOfImage, costOfTokens, type PriceEdit, priceOf } from '../../../../src/core/models/model-prices';
import { shippedPrices } from '../../../../src/core/models/shipped-prices';

const openAi = 'https://api.openai.com/v1';

it('says where each price that comes with the extension is from, and asks something for everything', () => {
  for (const { host, source, date, models } of shippedPrices) {
    expect(new URL(`https://${host}`).host).toBe(host);
    expect(new URL(source).protocol).toBe('https:');
    expect(new Date(`${date}T00:00:00Z`).toISOString()).toBe(`${date}T00:00:00.000Z`);
    for (const price of Object.values(models)) {
      const { usdPerMillionInput = 1, usdPerMillionCachedInput = 0, usdPerMillionOutput = 1, imagePrices = [], contextTokens = 1 } = price;
      expect(Math.min(usdPerMillionInput, usdPerMillionOutput, contextTokens, ...imagePrices.map(({ usd }) => usd))).toBeGreaterThan(0);
      expect(usdPerMillionCachedInput).toBeLessThanOrEqual(usdPerMillionInput);
    }
  }
});

it('counts what the server had read before at the price for that', () => {
  const price = priceOf(openAi, 'gpt-4.1', []);
  expect(costOfTokens(price, { promptTokens: 1_000, completionTokens: 100 })).toEqual({ kind: 'known', usd: 0.0028 });
  expect(costOfTokens(price, { promptTokens: 1_000, cachedTokens: 800, completionTokens: 100 })).toEqual({ kind: 'known', usd: 0.0016 });
  expect(costOfTokens(price, { promptTokens: 1_000, cachedTokens: 5_000, completionTokens: 0 })).toEqual({ kind: 'known', usd: 0.0005 });
});

it('does not take a price of training alone for one of answers', () => {
  const edit: PriceEdit = { host: 'api.openai.com', model: 'gpt-4.1', usdPerMillionTrained: 20 };
  expect(priceOf(openAi, 'gpt-4.1', [edit])).toEqual(priceOf(openAi, 'gpt-4.1', []));
  expect(priceOf(openAi, 'gpt-4.1', [{ ...edit, usdPerMillionInput: 1 }])).toMatchObject({ price: { usdPerMillionInput: 1 } });
});

it('knows a dated snapshot by its model, unless it has a price of its own', () => {
  expect(priceOf(openAi, 'gpt-4o-2024-08-06', [])).toEqual(priceOf(openAi, 'gpt-4o', []));
  expect(priceOf(openAi, 'gpt-4o-2024-05-13', [])).toMatchObject({ price: { usdPerMillionInput: 5 } });
  expect(priceOf(openAi, 'gpt-4o-audio', [])).toEqual({ kind: 'unknown' });
});

it('prices a tuned model as those tuned from its base, and never as the base', () => {
  expect(priceOf(openAi, 'ft:gpt-4o-mini-2024-07-18:lamps:keeper:abc123', [])).toMatchObject({ price: { usdPerMillionOutput: 1.2 } });
  expect(priceOf(openAi, 'ft:gpt-5-mini:lamps::abc', [])).toEqual({ kind: 'unknown' });
});

it('does not take for a price what is only called like a part of a list', () => {
  expect(priceOf(openAi, 'constructor', [])).toEqual({ kind: 'unknown' });
  expect(priceOf(openAi, '', [])).toEqual({ kind: 'unknown' });
  expect(priceOf('no address', 'gpt-4o', [])).toEqual({ kind: 'unknown' });
});

it('goes by what the person entered, for that server only, and for one of their own too', () => {
  const edits: PriceEdit[] = [
    { host: 'api.openai.com', model: 'gpt-4o', usdPerMillionInput: 1, usdPerMillionOutput: 2 },
    { host: 'localhost:8080', model: 'gateway', usdPerMillionInput: 3 },
  ];
  expect(costOfTokens(priceOf(openAi, 'gpt-4o-2024-08-06', edits), { promptTokens: 1_000_000, completionTokens: 0 })).toEqual({
    kind: 'known',
    usd: 1,
  });
  expect(priceOf('https://elsewhere.example/v1', 'gpt-4o', edits)).toEqual({ kind: 'unknown' });
  expect(costOfTokens(priceOf('http://localhost:8080/v1', 'gateway', edits), { promptTokens: 10, completionTokens: 0 }).kind).toBe('known');
  expect(costOfTokens(priceOf('http://localhost:8080/v1', 'gateway', edits), { promptTokens: 10, completionTokens: 1 }).kind).toBe(
    'unknown',
  );
  expect(priceOf('http://localhost:11434/v1', 'gateway', edits)).toEqual({ kind: 'local' });
});

it('prices an image by its quality and size, and knows no other', () => {
  const price = priceOf(openAi, 'gpt-image-1', []);
  expect(costOfImage(price, 'low', '1024x1024')).toEqual({ kind: 'known', usd: 0.011 });
  expect(costOfImage(price, 'low', '256x256')).toEqual({ kind: 'unknown' });
});

it('takes a size or quality that is left to the server for the dearest that is listed', () => {
  const image = (quality: string, size: string, usd: number) => ({ quality, size, usd });
  const imagePrices = [image('low', '1024x1024', 0.01), image('low', '1536x1024', 0.02), image('high', '1024x1024', 0.2)];
  const price = { kind: 'known', price: { imagePrices } } as const;
  const usdOf = (quality: string, size: string) => costOfImage(price, quality, size);
  expect(usdOf('low', 'auto')).toEqual({ kind: 'known', usd: 0.02 });
  expect(usdOf('auto', '1024x1024')).toEqual({ kind: 'known', usd: 0.2 });
  expect(usdOf('auto', 'auto')).toEqual({ kind: 'known', usd: 0.2 });
  expect(usdOf('auto', '1x1')).toEqual({ kind: 'unknown' });
});
