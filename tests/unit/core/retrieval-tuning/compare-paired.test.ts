import { expect, test } from 'vitest';
import { comparePaired } from '../../../../src/core/retrieval-tuning/compare-paired';
import { seededShares } from '../../../../src/core/seeded-shares';

test('a small gain on nearly all of many questions is more than chance', () => {
  const before = Array.from({ length: 100 }, () => 0.5);
  const after = before.map((measure, index) => measure + (index % 10 === 0 ? -0.05 : 0.05));
  const { mean, low, high } = comparePaired(before, after);
  expect(mean).toBeCloseTo(0.04, 10);
  expect(low).toBeGreaterThan(0.03);
  expect(high).toBeLessThan(0.05);
});

test('a gain that a few questions make is not', () => {
  const before = Array.from({ length: 40 }, () => 0.5);
  const after = before.map((measure, index) => (index < 2 ? 1 : measure));
  expect(comparePaired(before, after)).toMatchObject({ mean: 0.025, low: 0 });
});

test('what is chance is taken for more in one case of twenty', () => {
  const random = seededShares(3);
  const taken = Array.from({ length: 400 }, () => {
    const before = Array.from({ length: 60 }, random);
    return comparePaired(before, Array.from({ length: 60 }, random)).low > 0;
  });
  const share = taken.filter(Boolean).length / taken.length;
  expect(share).toBeGreaterThan(0.02);
  expect(share).toBeLessThan(0.09);
});

test('no questions tell nothing', () => {
  expect(comparePaired([], [])).toEqual({ mean: 0, low: 0, high: 0 });
});
