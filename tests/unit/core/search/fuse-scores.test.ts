import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseScores } from '../../../../src/core/search/fuse-scores';

interface Found {
  id: number;
  score: number;
  coverage: number;
}

const bestFirst = (a: Found, b: Found) => b.score - a.score;
const ids = (ranking: readonly { id: number }[]) => ranking.map(({ id }) => id);
const found = fc.record({
  id: fc.nat(50),
  score: fc.integer({ min: 1, max: 1_000 }),
  coverage: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
});
const ranking = fc.uniqueArray(found, { selector: ({ id }) => id, maxLength: 40 }).map((list) => list.sort(bestFirst));

describe('fusing scores', () => {
  it('gives back every passage of both lists once, the best first', () => {
    fc.assert(
      fc.property(ranking, ranking, fc.double({ min: 0, max: 8, noNaN: true }), (byWords, byVectors, trust) => {
        const fused = fuseScores(byWords, byVectors, trust);
        expect(ids(fused).sort()).toEqual([...new Set([...ids(byWords), ...ids(byVectors)])].sort());
        for (const [place, { score }] of fused.entries()) {
          expect(score).toBeLessThanOrEqual(fused[place - 1]?.score ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  it('does not depend on the range of the scores', () => {
    fc.assert(
      fc.property(ranking, ranking, (byWords, byVectors) => {
        const narrowed = byVectors.map(({ id, score }) => ({ id, score: 0.75 + score / 8_192 }));
        const scaled = byWords.map((entry) => ({ ...entry, score: entry.score * 4 }));
        const plain = new Map(fuseScores(byWords, byVectors, 0.8).map(({ id, score }) => [id, score]));
        for (const { id, score } of fuseScores(scaled, narrowed, 0.8)) expect(score).toBeCloseTo(plain.get(id) ?? Number.NaN, 8);
      }),
    );
  });

  it('never puts a passage below one that is behind it in everything', () => {
    fc.assert(
      fc.property(ranking, ranking, (byWords, byVectors) => {
        const place = new Map(ids(fuseScores(byWords, byVectors, 0.8)).map((id, at) => [id, at]));
        const cosine = new Map(byVectors.map(({ id, score }) => [id, score]));
        for (const better of byWords) {
          for (const worse of byWords) {
            const isBehind =
              worse.score < better.score &&
              worse.coverage <= better.coverage &&
              (cosine.get(worse.id) ?? 0) <= (cosine.get(better.id) ?? 0);
            if (isBehind) expect(place.get(better.id)).toBeLessThan(place.get(worse.id) ?? -1);
          }
        }
      }),
    );
  });

  it('is the ranking by words where vectors are not trusted', () => {
    fc.assert(
      fc.property(ranking, ranking, (byWords, byVectors) => {
        expect(ids(fuseScores(byWords, byVectors, 0)).slice(0, byWords.length)).toEqual(ids(byWords));
      }),
    );
  });

  it('gives the vectors’ ranking where words found nothing', () => {
    const byVectors = [4, 2, 9].map((id, place) => ({ id, score: 0.9 - place / 10 }));
    expect(ids(fuseScores([], byVectors, 0.8))).toEqual([4, 2, 9]);
  });

  it('tells by scores, too, how the vectors rank what words did not find, however little the model is trusted', () => {
    const byVectors = [4, 2, 9].map((id, place) => ({ id, score: 0.9 - place / 10 }));
    for (const trust of [0, 0.8, 4]) {
      const [best, second, last] = fuseScores([], byVectors, trust).map(({ score }) => score);
      expect(best).toBe(1);
      expect(second).toBeCloseTo(0.5, 8);
      expect(last).toBe(0);
    }
  });

  it('lifts a passage that holds words of the question before one that holds none, unless the model is excellent', () => {
    const byWords = Array.from({ length: 20 }, (_, place) => ({ id: place, score: 20 - place, coverage: 0.9 - place / 40 }));
    const others = Array.from({ length: 30 }, (_, place) => ({ id: 200 + place, score: 0.5 - place / 100 }));
    const byVectors = [{ id: 100, score: 0.9 }, { id: 5, score: 0.7 }, ...others];
    const fused = (trust: number) => ids(fuseScores(byWords, byVectors, trust));
    expect(fused(1).indexOf(5)).toBeLessThan(fused(1).indexOf(100));
    expect(fused(4)[0]).toBe(100);
  });

  it('follows the words of a weak model’s library and the vectors of an excellent one’s', () => {
    const byWords = [
      { id: 1, score: 9, coverage: 0.8 },
      { id: 2, score: 3, coverage: 0.3 },
      { id: 3, score: 1, coverage: 0.1 },
    ];
    const byVectors = [
      { id: 2, score: 0.9 },
      { id: 3, score: 0.7 },
      { id: 1, score: 0.6 },
    ];
    expect(ids(fuseScores(byWords, byVectors, 0.7))[0]).toBe(1);
    expect(ids(fuseScores(byWords, byVectors, 3))).toEqual([2, 3, 1]);
  });

  it('trusts vectors where the words of a question hardly stand anywhere', () => {
    const byWords = [
      { id: 1, score: 2, coverage: 0.05 },
      { id: 2, score: 1, coverage: 0.05 },
    ];
    const byVectors = [
      { id: 3, score: 0.8 },
      { id: 4, score: 0.3 },
    ];
    expect(ids(fuseScores(byWords, byVectors, 1))[0]).toBe(3);
  });
});
