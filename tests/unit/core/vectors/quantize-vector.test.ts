import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineToCodes, normalizeVector, quantizeVector, restoreVector } from '../../../../src/core/vectors/quantize-vector';
import { cosine, gaussians } from '../../../support/vectors';

const component = fc.float({ min: -1, max: 1, noNaN: true });
const vector = fc
  .array(component, { minLength: 1, maxLength: 70 })
  .map((list) => Float32Array.from(list))
  .filter((list) => list.some((value) => Math.abs(value) > 1e-3));

describe('vectors in 8 bits a component', () => {
  it('are as like themselves as can be, whatever their length', () => {
    fc.assert(
      fc.property(vector, fc.float({ min: Math.fround(0.01), max: 1_000, noNaN: true }), (given, scale) => {
        const codes = new Int8Array(given.length);
        const factor = quantizeVector(
          given.map((value) => value * scale),
          codes,
        );
        expect(cosineToCodes(normalizeVector(given), codes, 0, factor)).toBeCloseTo(1, 4);
      }),
    );
  });

  it('give cosines that are hardly off, even when one component is far larger than the others', () => {
    const random = gaussians(3);
    for (const outlier of [0, 15]) {
      let worst = 0;
      for (let round = 0; round < 200; round++) {
        const given = random(384);
        given[7] = (given[7] as number) + outlier;
        const noise = random(384);
        const query = normalizeVector(given.map((value, place) => value + (noise[place] as number)));
        const codes = new Int8Array(384 + 5);
        const factor = quantizeVector(given, codes, 5);
        worst = Math.max(worst, Math.abs(cosineToCodes(query, codes, 5, factor) - cosine(query, given)));
      }
      expect(worst).toBeLessThan(0.003);
    }
  });

  it('can be turned back into vectors of about length 1', () => {
    const given = gaussians(5)(100);
    const codes = new Int8Array(100);
    const restored = new Float32Array(100);
    restoreVector(codes, 0, quantizeVector(given, codes), restored);
    expect(cosine(restored, given)).toBeGreaterThan(0.9999);
    expect(Math.hypot(...restored)).toBeCloseTo(1, 3);
  });

  it('are like nothing when the vector has no direction', () => {
    const query = Float32Array.of(1, 0);
    for (const given of [Float32Array.of(0, 0), Float32Array.of(Number.NaN, 1), Float32Array.of(Number.POSITIVE_INFINITY, 1)]) {
      const codes = Int8Array.of(9, 9);
      expect(cosineToCodes(query, codes, 0, quantizeVector(given, codes))).toBe(0);
    }
  });
});
