import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectBest } from '../../../../src/core/search/select-best';
import { gaussians } from '../../../support/vectors';

const score = fc.oneof(
  { weight: 5, arbitrary: fc.float({ min: -1, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
);

it('selects at least as many as asked for, and none worse than one it leaves out', () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (list, count) => {
      const scores = Float32Array.from(list);
      const chosen = new Set(selectBest(scores, count));
      const real = list.flatMap((value, place) => (value === Number.NEGATIVE_INFINITY ? [] : [place]));
      for (const place of chosen) expect(real).toContain(place);
      expect(chosen.size).toBeGreaterThanOrEqual(Math.min(count, real.length));
      const worst = Math.min(...[...chosen].map((place) => scores[place] as number));
      for (const place of real) if (!chosen.has(place)) expect(scores[place]).toBeLessThanOrEqual(worst);
    }),
  );
});

it('takes none that are not above what is named', () => {
  expect(selectBest(Float32Array.of(0, 2, 0, 1), 3, 0)).toEqual([1, 3]);
  expect(selectBest(Float32Array.of(0, 0), 3, 0)).toEqual([]);
});

it('leaves out most of many scores', () => {
  const scores = Float32Array.from({ length: 100_000 }, (_, index) => Math.sin(index) ** 3);
  const chosen = selectBest(scores, 500);
  expect(chosen.length).toBeGreaterThanOrEqual(500);
  expect(chosen.length).toBeLessThan(2_000);
});

describe('among more scores than are all looked at first', () => {
  const sorted = (scores: Float32Array, count: number) =>
    [...scores.keys()]
      .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
      .slice(0, count)
      .sort((a, b) => a - b);
  const random = gaussians(2);

  it.each([1, 10, 200, 4_000, 19_999, 20_000])('selects the best %i, of equals those before', (count) => {
    const scores = random(20_000).map((score) => Math.round(score * 50) / 50);
    expect(selectBest(scores, count)).toEqual(sorted(scores, count));
  });

  it('is right though those looked at are higher than all others, or lower', () => {
    for (const stride of [29, 28, 2]) {
      for (const height of [-9, 9]) {
        const scores = random(20_000).map((score, place) => score + (place % stride === 0 ? height : 0));
        expect(selectBest(scores, 900)).toEqual(sorted(scores, 900));
      }
    }
  });
});
