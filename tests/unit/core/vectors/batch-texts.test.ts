import { describe, expect, it } from 'vitest';
import { maximumTokens } from '../../../../src/core/text/estimate-tokens';
import { batchTexts, embeddingLimits } from '../../../../src/core/vectors/batch-texts';

describe('batches for an embeddings request', () => {
  it('hold every text once, in order', () => {
    const texts = Array.from({ length: 500 }, (_, index) => `passage ${index}`);
    const batches = batchTexts(texts);
    expect(batches.flatMap((batch) => batch.texts)).toEqual(texts);
    expect(batches.map((batch) => batch.first)).toEqual(batches.map((_, index) => index * embeddingLimits.inputs));
  });

  it('stay within the limits of a request, whatever the script', () => {
    const batches = batchTexts(Array.from({ length: 100 }, (_, index) => ['灯台', '😀', 'x', 'ä'][index % 4]?.repeat(20_000) ?? ''));
    for (const { texts } of batches) {
      expect(texts.length).toBeLessThanOrEqual(embeddingLimits.inputs);
      for (const text of texts) expect(maximumTokens(text)).toBeLessThanOrEqual(embeddingLimits.tokensPerInput);
      expect(texts.reduce((sum, text) => sum + maximumTokens(text), 0)).toBeLessThanOrEqual(embeddingLimits.tokensPerRequest);
    }
  });
});
