import { describe, expect, it } from 'vitest';
import { expectedCosine } from '../../../../src/core/vectors/expected-cosine';
import { gaussians } from '../../../support/vectors';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what a cosine is expected to be whose estimate is among the highest', () => {
  it.each([0.02, 0.035])('is right on the average, where the estimate is far too high, with a deviation of %f', (deviation) => {
    const draw = gaussians(5);
    const cosines = draw(30_000).map((value) => 0.1 + 0.04 * value);
    const errors = draw(30_000);
    const all = [...cosines].map((cosine, place) => ({ cosine, estimate: cosine + deviation * (errors[place] ?? 0) }));
    const highest = all.sort((a, b) => b.estimate - a.estimate).slice(0, 640);
    const expected = expectedCosine(highest.map(({ estimate }) => estimate));
    const looked = highest.slice(20, 200);
    expect(mean(looked.map(({ cosine, estimate }) => estimate - cosine))).toBeGreaterThan(deviation);
    expect(Math.abs(mean(looked.map(({ cosine, estimate }) => expected(estimate, deviation) - cosine)))).toBeLessThan(deviation / 5);
  });

  it('is the estimate where there is nothing to tell by, and never far below it', () => {
    expect(expectedCosine([])(0.4, 0.1)).toBe(0.4);
    expect(expectedCosine([0.4])(0.4, 0.1)).toBe(0.4);
    expect(expectedCosine([0.5, 0.5, 0.5, 0.5])(0.5, 0.1)).toBe(0.5);
    expect(expectedCosine([0.5, 0.5, 0.5, 0.5 - 1e-9])(0.5, 0.1)).toBeCloseTo(0.2);
    expect(expectedCosine([0.5, 0.4, 0.3, 0.2])(0.5, 0)).toBe(0.5);
  });
});
