import { describe, expect, it } from 'vitest';
import { seededShares } from '../../../../scripts/bench/seeded-random';
import { standOut } from '../../../../src/core/search/stand-out';

const falling = (count: number) => Array.from({ length: count }, (_, place) => 1 - place / count);

describe('how far the best of a ranking stands out', () => {
  it('is one on average where scores are chance', () => {
    const share = seededShares(5);
    const lists = Array.from({ length: 400 }, () => Array.from({ length: 2_000 }, () => -Math.log(1 - share())).sort((a, b) => b - a));
    const mean = lists.reduce((sum, list) => sum + (standOut(list) ?? 0), 0) / lists.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.15);
  });

  it('does not depend on the range of the scores', () => {
    const scores = [2, ...falling(100)];
    expect(standOut(scores.map((score) => 0.75 + score / 64))).toBeCloseTo(standOut(scores) ?? Number.NaN, 8);
  });

  it('grows with the lead of the best, up to where one question says no more', () => {
    const led = (lead: number) => standOut([1 + lead, ...falling(100)]) ?? Number.NaN;
    expect(led(0)).toBe(0);
    expect(led(0.5)).toBeGreaterThan(led(0.2));
    expect(led(100)).toBe(led(1_000));
  });

  it('is not known of few scores, nor of scores that are all the same', () => {
    expect(standOut([])).toBeUndefined();
    expect(standOut([3])).toBeUndefined();
    expect(standOut(new Array<number>(100).fill(0.4))).toBeUndefined();
  });
});
