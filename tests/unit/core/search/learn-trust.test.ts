import { describe, expect, it } from 'vitest';
import { seededShares } from '../../../../scripts/bench/seeded-random';
import { fuseScores } from '../../../../src/core/search/fuse-scores';
import { learnTrust, trustIn, unknownTrust } from '../../../../src/core/search/learn-trust';

/** A list whose scores fall evenly, but for a best one that lies so much higher. */
const standingOut = (first: number, lead: number) =>
  Array.from({ length: 100 }, (_, place) => ({ id: first + place, score: place === 0 ? 1 + lead : 1 - place / 100 }));
const words = standingOut(1_000, 0).map((entry) => ({ ...entry, coverage: 0.5 }));

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

  it('learns how sure a model is only where both differ', () => {
    const { mean, questions } = learnTrust(unknownTrust, words, standingOut(1_000, 1));
    expect({ mean, questions }).toEqual(unknownTrust);
  });

  it('learns nothing where one found nothing', () => {
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

  it('trusts a model that the words bear out, and not at all one that they never do, however sure it is', () => {
    const [, , third, ...others] = standingOut(1_000, 1);
    const borneOut = [
      ...standingOut(0, 1)
        .map((entry, place) => (place === 0 ? { ...entry, id: third?.id ?? 0 } : entry))
        .slice(0, 50),
      ...others,
    ];
    const trustAfter = (byVectors: typeof borneOut) => {
      let trust = unknownTrust;
      for (let asked = 0; asked < 50; asked++) trust = learnTrust(trust, words, byVectors);
      return trustIn(trust);
    };
    expect(trustAfter(borneOut)).toBeGreaterThan(2);
    // The surest of all passages, and the only one near the question that holds none of its words.
    expect(trustAfter([{ id: 0, score: 9 }, ...standingOut(1_001, 0).slice(1)])).toBe(0);
  });

  it('trusts a model less, the more the words account for what it differs by', () => {
    const asked = { backing: 3, questions: 50 };
    const learned = (mean: number, backing: number) => trustIn({ mean, questions: 50, differing: { backing, questions: 50 }, asked });
    expect(learned(0.75, 1.2)).toBeGreaterThan(1);
    expect(learned(0.75, 3)).toBeLessThan(0.45);
    // One that is sure of what the words say nearly as much of knows it all the same.
    expect(learned(2, 3)).toBeGreaterThan(2);
  });

  it('trusts an unknown model next to nothing, and an excellent one after two questions on which it differs', () => {
    expect(trustIn(unknownTrust)).toBeLessThan(0.45);
    const other = [...standingOut(1_001, 1).slice(0, 60), ...standingOut(0, 0).slice(60)];
    const learned = [1, 2].reduce((trust) => learnTrust(trust, words, other), unknownTrust);
    expect(trustIn(learned)).toBeGreaterThan(1);
  });

  it('goes on from what an older version has learned', () => {
    const older = { mean: 2, questions: 50, asked: { backing: 3, words: 2.5, questions: 50 } };
    expect(trustIn(older)).toBeGreaterThan(2);
    const { mean, differing } = learnTrust(older, words, [...standingOut(1_001, 0).slice(0, 60), ...standingOut(0, 0).slice(60)]);
    expect(mean).toBeLessThan(2);
    expect(differing?.questions).toBe(5);
  });

  it('makes a trust of whatever a backup holds', () => {
    for (const number of [-1e9, -1, 0, 1e9]) {
      const trust = trustIn({
        mean: number,
        questions: 0,
        differing: { backing: number, questions: 0 },
        asked: { backing: number, questions: 0 },
      });
      expect(Number.isFinite(trust) && trust >= 0).toBe(true);
    }
  });
});

/** A library of passages, and questions of which words find the one right passage first, or among others that hold as many of them. */
function syntheticQuestions(model: (right: number, passage: number, share: number, words: number) => number, passages: number) {
  const share = seededShares(7);
  const chance = () => -Math.log(1 - share());
  return Array.from({ length: 300 }, () => {
    const right = Math.floor(share() * passages);
    const holding = new Set([right, ...Array.from({ length: passages / 4 }, () => Math.floor(share() * passages))]);
    const byWords = [...holding].map((id) => ({ id, score: chance() + (id === right ? Math.log(passages) * 2 * share() : 0) }));
    const words = new Map(byWords.map(({ id, score }) => [id, score]));
    const byVectors = Array.from({ length: passages }, (_, id) => ({ id, score: model(right, id, share(), words.get(id) ?? 0) }));
    const best = <Scored extends { score: number }>(list: Scored[]) => list.sort((a, b) => b.score - a.score).slice(0, 100);
    return { right, byWords: best(byWords).map((one) => ({ ...one, coverage: one.score / 12 })), byVectors: best(byVectors) };
  });
}

/** The mean of 1 / place of the right passages, by words, by vectors, and joined, from no trust on. */
function compare(questions: ReturnType<typeof syntheticQuestions>) {
  const gain = (ranking: readonly { id: number }[], right: number) => {
    const place = ranking.findIndex(({ id }) => id === right);
    return place < 0 ? 0 : 1 / (place + 1);
  };
  let trust = unknownTrust;
  const sums = { words: 0, vectors: 0, joined: 0 };
  for (const { right, byWords, byVectors } of questions) {
    trust = learnTrust(trust, byWords, byVectors);
    sums.words += gain(byWords, right) / questions.length;
    sums.vectors += gain(byVectors, right) / questions.length;
    sums.joined += gain(fuseScores(byWords, byVectors, trustIn(trust)), right) / questions.length;
  }
  return sums;
}

describe.each([40, 600])('vectors in a library of %d passages', (passages) => {
  const noise = (share: number) => -Math.log(1 - share) / 10;

  it('cost nothing when they are random', () => {
    const { words, joined } = compare(syntheticQuestions((_right, _passage, share) => noise(share), passages));
    expect(joined).toBeGreaterThanOrEqual(words - 0.002);
  });

  it('cost nothing when some passages are near to every question', () => {
    const { words, joined } = compare(syntheticQuestions((_right, passage, share) => noise(share) + (passage === 3 ? 5 : 0), passages));
    expect(joined).toBeGreaterThanOrEqual(words - 0.002);
  });

  it.each([0.5, 1, 2])('cost next to nothing when they know what the words know and no more, blurred by %d', (blur) => {
    // Nearly a normal deviate (J. Tukey's lambda, .135).
    const blurred = (share: number) => (blur * (share ** 0.135 - (1 - share) ** 0.135)) / 0.1975;
    const questions = syntheticQuestions((_right, _passage, share, words) => words + blurred(share), passages);
    const { words, vectors, joined } = compare(questions);
    expect(vectors).toBeLessThan(words);
    // No more than if two questions of all had their answer second in place of first.
    expect(joined).toBeGreaterThanOrEqual(words - 1 / questions.length);
  });

  it('help when they know as much as the words', () => {
    const sums = compare(
      syntheticQuestions((right, passage, share) => noise(share) + (passage === right ? Math.log(passages) / 10 : 0), passages),
    );
    expect(Math.abs(sums.vectors - sums.words)).toBeLessThan(0.1);
    expect(sums.joined).toBeGreaterThan(Math.max(sums.words, sums.vectors) + 0.05);
  });

  it('are followed when they are right', () => {
    const sums = compare(syntheticQuestions((right, passage, share) => noise(share) + (passage === right ? 4 : 0), passages));
    expect(sums.vectors).toBeGreaterThan(0.99);
    expect(sums.joined).toBeGreaterThan(sums.vectors - 0.01);
  });
});
