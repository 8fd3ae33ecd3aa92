import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseScores, learnTrust, unknownTrust, type VectorTrust } from '../../../../src/core/search/fuse-scores';

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
const trusted = (mean: number): VectorTrust => ({ mean, questions: 100 });

/** A list whose scores fall evenly, but for a best one that lies so much higher. */
const standingOut = (first: number, lead: number) =>
  Array.from({ length: 100 }, (_, place) => ({ id: first + place, score: place === 0 ? 1 + lead : 1 - place / 100 }));
const words = standingOut(1_000, 0).map((entry) => ({ ...entry, coverage: 0.5 }));

describe('fusing scores', () => {
  it('gives back every passage of both lists once, the best first', () => {
    fc.assert(
      fc.property(ranking, ranking, fc.double({ min: 0, max: 8, noNaN: true }), (byWords, byVectors, mean) => {
        const fused = fuseScores(byWords, byVectors, trusted(mean));
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
        const plain = new Map(fuseScores(byWords, byVectors, unknownTrust).map(({ id, score }) => [id, score]));
        for (const { id, score } of fuseScores(scaled, narrowed, unknownTrust)) expect(score).toBeCloseTo(plain.get(id) ?? Number.NaN, 8);
      }),
    );
  });

  it('never puts a passage below one that is behind it in everything', () => {
    fc.assert(
      fc.property(ranking, ranking, (byWords, byVectors) => {
        const place = new Map(ids(fuseScores(byWords, byVectors, unknownTrust)).map((id, at) => [id, at]));
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
    expect(ids(fuseScores(byWords, byVectors, trusted(0.7)))[0]).toBe(1);
    expect(ids(fuseScores(byWords, byVectors, trusted(3)))).toEqual([2, 3, 1]);
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
    expect(ids(fuseScores(byWords, byVectors, unknownTrust))[0]).toBe(3);
  });
});

describe('learning to trust vectors', () => {
  const afterQuestions = (count: number, lead: number) => {
    let trust = unknownTrust;
    for (let asked = 0; asked < count; asked++) trust = learnTrust(trust, words, standingOut(0, lead));
    return trust.mean;
  };

  it('trusts a model more, the more clearly it disagrees', () => {
    expect(afterQuestions(50, 1)).toBeGreaterThan(afterQuestions(50, 0.4));
    expect(afterQuestions(50, 0.4)).toBeGreaterThan(unknownTrust.mean);
    expect(afterQuestions(50, 0)).toBeLessThan(unknownTrust.mean);
  });

  it('learns nothing where both agree, or one found nothing', () => {
    expect(learnTrust(unknownTrust, words, standingOut(1_000, 1))).toBe(unknownTrust);
    expect(learnTrust(unknownTrust, [], standingOut(0, 1))).toBe(unknownTrust);
    expect(learnTrust(unknownTrust, words, [])).toBe(unknownTrust);
    expect(learnTrust(unknownTrust, words, [{ id: 1, score: 0.5 }])).toBe(unknownTrust);
  });

  it('learns nothing from vectors that are all the same', () => {
    const same = standingOut(0, 0).map(({ id }) => ({ id, score: 0.4 }));
    expect(learnTrust(unknownTrust, words, same)).toBe(unknownTrust);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('learns nothing from a list with the score %d', (score) => {
    const broken = standingOut(0, 1).map((found) => ({ ...found, score }));
    expect(learnTrust(unknownTrust, words, broken)).toBe(unknownTrust);
    expect(learnTrust(unknownTrust, words, [{ id: 0, score }, ...standingOut(0, 1).slice(1)])).toBe(unknownTrust);
  });

  it('stays with what a thousand questions said when one says otherwise, but changes its mind in time', () => {
    let trust = unknownTrust;
    for (let asked = 0; asked < 1_000; asked++) trust = learnTrust(trust, words, standingOut(0, 0));
    const before = trust.mean;
    trust = learnTrust(trust, words, standingOut(0, 1));
    expect(trust.mean - before).toBeLessThan(0.05);
    for (let asked = 0; asked < 1_000; asked++) trust = learnTrust(trust, words, standingOut(0, 1));
    expect(trust.mean).toBeGreaterThan(4);
  });
});
