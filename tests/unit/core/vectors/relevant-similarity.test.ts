import { describe, expect, it } from 'vitest';
import { relevantSimilarity } from '../../../../src/core/vectors/relevant-similarity';

const wide = { passages: 5_000, mean: 0.1 };

describe('the similarity from which on a passage is relevant', () => {
  it('lies in the same place of a model’s range, however narrow that is', () => {
    const narrowed = (cosine: number) => 0.7 + 0.3 * cosine;
    const narrow = { passages: 5_000, mean: narrowed(wide.mean) };
    expect(relevantSimilarity(narrow)).toBeCloseTo(narrowed(relevantSimilarity(wide)), 10);
  });

  it('is above that of a random passage and below that of the question itself', () => {
    for (const mean of [-0.2, 0, 0.5, 0.85, 0.99]) {
      const least = relevantSimilarity({ ...wide, mean });
      expect(least).toBeGreaterThan(mean);
      expect(least).toBeLessThan(1);
    }
  });

  it('is near .3 where random passages have a cosine of .07', () => {
    expect(relevantSimilarity({ ...wide, mean: 0.07 })).toBeCloseTo(0.3, 2);
  });

  it('keeps what a small library on one subject says of it', () => {
    expect(relevantSimilarity({ passages: 12, mean: 0.45 })).toBeLessThan(0.45);
  });
});
