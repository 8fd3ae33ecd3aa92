import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledScans } from '../../../../src/core/search/compiled-scans';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import { signQuery } from '../../../../src/core/vectors/sign-query';
import { shortenSigns, takeSigns, type VectorSigns, wordsOf } from '../../../../src/core/vectors/vector-signs';
import { cosine, gaussians } from '../../../support/vectors';

function signsOf(vectors: readonly Float32Array[], centre: Float32Array): VectorSigns {
  const dimensions = centre.length;
  const words = wordsOf(dimensions);
  const bits = new Int32Array(vectors.length * words);
  const taken = vectors.map((vector, index) => takeSigns(vector, centre, bits, index * words));
  return {
    dimensions,
    count: vectors.length,
    words,
    bits,
    factors: Float32Array.from(taken, ({ factor }) => factor),
    offsets: Float32Array.from(taken, ({ offset }) => offset),
  };
}

/** Vectors around a common middle, and a query near the first of them. */
function library(dimensions: number, count: number, seed: number) {
  const random = gaussians(seed);
  const middle = random(dimensions);
  const near = (vector: Float32Array, spread: number) => {
    const noise = random(dimensions);
    return normalizeVector(vector.map((component, place) => component + spread * (noise[place] as number)));
  };
  const vectors = Array.from({ length: count }, () => near(middle, 1.2));
  const centre = normalizeVector(middle).map((component) => component * 0.6);
  return {
    vectors,
    centre,
    query: near(
      normalizeVector(vectors[0] as Float32Array).map((component) => component * Math.sqrt(dimensions)),
      0.8,
    ),
  };
}

describe('estimating cosines from signs', () => {
  it.each([40, 100, 384, 1_536])('is right on the average and as far off as it says, at %i dimensions', (dimensions) => {
    const { vectors, centre, query } = library(dimensions, 400, dimensions);
    const signs = signsOf(vectors, centre);
    const asked = signQuery(query, centre, signs.words);
    const errors = vectors.map((vector, index) => asked.estimate(signs, index) - cosine(query, vector));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    const said = asked.deviation(signs, 0);
    expect(Math.abs(mean)).toBeLessThan(said / 2);
    expect(deviation).toBeLessThan(said * 1.15);
    expect(deviation).toBeGreaterThan(said * 0.4);
  });

  it.each([3, 24, 33, 100, 384, 1_536])('scans by the compiled module as in plain JavaScript, at %i dimensions', (dimensions) => {
    const { vectors, centre, query } = library(dimensions, 50, 3);
    const signs = signsOf(vectors, centre);
    const [compiled, plain] = [compiledScans(), null].map((scans) => {
      const scores = new Float32Array(vectors.length + 2);
      signQuery(query, centre, signs.words, scans).scan(signs, scores, 1);
      return scores;
    });
    expect(compiledScans()).not.toBeNull();
    expect(compiled).toEqual(plain);
    expect(plain?.subarray(1, -1).some((score) => score === 0)).toBe(false);
  });

  it('agrees between the coarse and the exact query, all but for the query being coarse', () => {
    for (const dimensions of [33, 384, 768, 1_536]) {
      const { vectors, centre, query } = library(dimensions, 200, 7);
      const signs = signsOf(vectors, centre);
      const asked = signQuery(query, centre, signs.words);
      const scores = new Float32Array(vectors.length + 3);
      asked.scan(signs, scores, 3);
      vectors.forEach((_, index) => {
        const difference = Math.abs((scores[index + 3] as number) - asked.estimate(signs, index));
        expect(difference).toBeLessThan(5 * asked.deviation(signs, index));
      });
    }
  });

  it('does without loss when the query is of signs only', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1_500, maxLength: 1_600 }), (signsOfQuery) => {
        const dimensions = signsOfQuery.length;
        const query = Float32Array.from(signsOfQuery, (isPositive) => (isPositive ? 1 : -1) / Math.sqrt(dimensions));
        const centre = new Float32Array(dimensions);
        const signs = signsOf(
          Array.from({ length: 5 }, (_, index) => normalizeVector(gaussians(index + 1)(dimensions))),
          centre,
        );
        const asked = signQuery(query, centre, signs.words);
        const scores = new Float32Array(5);
        asked.scan(signs, scores, 0);
        for (let index = 0; index < 5; index++) expect(scores[index]).toBeCloseTo(asked.estimate(signs, index), 5);
      }),
      { numRuns: 20 },
    );
  });

  it('still estimates when only the first dimensions are held', () => {
    const { vectors, centre, query } = library(1_000, 300, 2);
    const whole = signsOf(vectors, centre);
    const short = shortenSigns(whole, 16);
    expect(short.bits.length).toBe(300 * 16);
    const asked = signQuery(query, centre, 16);
    const errors = vectors.map((vector, index) => asked.estimate(short, index) - cosine(query, vector));
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(deviation).toBeLessThan(asked.deviation(short, 0) * 1.15);
    expect(asked.deviation(short, 0)).toBeGreaterThan(signQuery(query, centre, whole.words).deviation(whole, 0));
  });
});
