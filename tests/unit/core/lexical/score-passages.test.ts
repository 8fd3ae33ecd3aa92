import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../../src/core/bytes/byte-stream';
import { inverseDocumentFrequency, saturate, weightedFrequency } from '../../../../src/core/lexical/bm25';
import { PostingsPacker } from '../../../../src/core/lexical/pack-postings';
import { PassageLengths } from '../../../../src/core/lexical/passage-lengths';
import { type MatchedPostings, PassageSums } from '../../../../src/core/lexical/passage-sums';
import { layOutPostings } from '../../../../src/core/lexical/postings-by-passage';
import { PassageScorer } from '../../../../src/core/lexical/score-passages';

/** Two segments of as many passages. */
const segmentSize = 60;
const firstIds = [1, 1 + segmentSize];

interface Term {
  readonly segment: number;
  readonly isExact: boolean;
  readonly similarity: number;
  /** By passage of the segment: in body, headings and title. */
  readonly counts: readonly (readonly [number, number, number])[];
}

const counts = fc.oneof(
  { weight: 4, arbitrary: fc.constant([0, 0, 0] as const) },
  { weight: 3, arbitrary: fc.constant([1, 0, 0] as const) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(4), fc.nat(2), fc.nat(1)) },
);
const manyCounts = fc.array(counts, { minLength: segmentSize, maxLength: segmentSize });
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ segment: fc.nat(1), isExact: fc.constant(true), similarity: fc.constantFrom(1, 0.8), counts: manyCounts }),
  fc.record({ segment: fc.nat(1), isExact: fc.constant(false), similarity: fc.constantFrom(0.25, 0.4, 0.6), counts: manyCounts }),
);
const word = fc.record({ gramWeight: fc.constantFrom(0.01, 0.5, 4, 20), terms: fc.array(term, { maxLength: 4 }) });
/** In terms; now and then a passage is gone. */
const length = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 300 }) }, { weight: 1, arbitrary: fc.constant(0) });
const question = fc.record({
  lengths: fc.array(length, { minLength: 2 * segmentSize, maxLength: 2 * segmentSize }).map((list) => Uint16Array.from([0, ...list])),
  words: fc.array(word, { minLength: 1, maxLength: 6 }),
  count: fc.integer({ min: 1, max: 20 }),
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

function matchOf({ segment, counts: perPassage, isExact, similarity }: Term, isWhole: boolean, isLaidOut: boolean): MatchedPostings {
  const writer = new ByteWriter();
  const packer = new PostingsPacker(writer);
  packer.begin();
  for (const [passage, [body, heading, title]] of perPassage.entries()) {
    if (body + heading + title > 0) packer.add(passage, body, heading, title);
  }
  const postings = new ByteReader(writer.finish());
  const byPassage = () => layOutPostings(postings, segmentSize);
  const firstPassageId = firstIds[segment] ?? 0;
  return { postings, passages: packer.count, firstPassageId, isWhole, isExact, similarity, ...(isLaidOut ? { byPassage } : {}) };
}

function search({ lengths, words, count }: Question, sums: PassageSums, isLaidOut: boolean) {
  const scorer = new PassageScorer(new PassageLengths(lengths), 'en', sums);
  const isWhole = (segment: number) => {
    const first = firstIds[segment] ?? 0;
    return !lengths.subarray(first, first + segmentSize).includes(0);
  };
  const rarities = words.map(({ terms, gramWeight }) =>
    scorer.addWord(
      terms.map((one) => matchOf(one, isWhole(one.segment), isLaidOut)),
      gramWeight,
    ),
  );
  return { rarities, best: scorer.best(count) };
}

/** Every passage by itself, by the formulas of docs/search.md. */
function scoreAll({ lengths, words }: Question): Map<number, { score: number; coverage: number }> {
  const alive = [...lengths.keys()].filter((id) => (lengths[id] ?? 0) > 0);
  const average = alive.reduce((sum, id) => sum + (lengths[id] ?? 0), 0) / Math.max(1, alive.length);
  const frequencyIn = (id: number, { segment, counts: perPassage }: Term) =>
    weightedFrequency(...(perPassage[id - (firstIds[segment] ?? 0)] ?? [0, 0, 0]));
  const scores = new Map<number, { score: number; coverage: number }>();
  const holdings = words.map(({ terms }) => alive.filter((id) => terms.some((one) => one.isExact && frequencyIn(id, one) > 0)).length);
  const weights = holdings.map((holding) => inverseDocumentFrequency(alive.length, Math.max(1, holding)));
  const wholeWeight = weights.reduce((sum, weight) => sum + weight, 0);
  for (const id of alive) {
    let [score, coverage] = [0, 0];
    words.forEach(({ terms, gramWeight }, index) => {
      const having = terms.filter((one) => frequencyIn(id, one) > 0);
      const frequency = (some: readonly Term[]) => some.reduce((sum, one) => sum + one.similarity * frequencyIn(id, one), 0);
      const rarity = inverseDocumentFrequency(alive.length, holdings[index] ?? 0);
      const saturated = (some: readonly Term[]) => saturate(frequency(some), lengths[id] ?? 0, average);
      score += rarity * saturated(having.filter(({ isExact }) => isExact)) + 0.15 * gramWeight * saturated(having);
      const nearest = Math.max(0, ...having.map(({ similarity }) => similarity));
      if (nearest >= 0.5) coverage += ((weights[index] ?? 0) * nearest) / wholeWeight;
    });
    if (score > 0) scores.set(id, { score, coverage });
  }
  return scores;
}

describe('scoring passages', () => {
  for (const isLaidOut of [false, true]) {
    it(`finds the best of all, one question after the other, with postings ${isLaidOut ? 'laid out' : 'packed'}`, () => {
      const sums = new PassageSums();
      fc.assert(
        fc.property(question, (asked) => {
          const expected = scoreAll(asked);
          const { best } = search(asked, sums, isLaidOut);
          const scores = [...expected.values()].map(({ score }) => score).sort((a, b) => b - a);
          expect(best.length).toBe(Math.min(asked.count, expected.size));
          for (const [place, { id, score, coverage }] of best.entries()) {
            expect(score).toBeCloseTo(expected.get(id)?.score ?? -1, 3);
            expect(score).toBeCloseTo(scores[place] ?? -1, 3);
            expect(coverage).toBeCloseTo(expected.get(id)?.coverage ?? -1, 3);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it('gives the same, equal scores in the same order, whatever was asked before and however postings lie', () => {
    const sums = new PassageSums();
    fc.assert(
      fc.property(question, (asked) => {
        const alone = search(asked, new PassageSums(), false);
        expect(search(asked, sums, true)).toEqual(alone);
        expect(search(asked, sums, false)).toEqual(alone);
        expect(
          search({ ...asked, count: 1_000 }, sums, false)
            .best.slice(0, asked.count)
            .map(({ id }) => id),
        ).toEqual(alone.best.map(({ id }) => id));
      }),
      { numRuns: 60 },
    );
  });

  it('complains about postings that end in the middle', () => {
    const bytes = Uint8Array.of(2 * 8);
    const cut = { postings: new ByteReader(bytes), passages: 1, firstPassageId: 0, isWhole: true, isExact: true, similarity: 1 };
    const scorer = new PassageScorer(new PassageLengths(Uint16Array.of(5, 5, 5)), 'en', new PassageSums());
    scorer.addWord([cut], 1);
    expect(() => scorer.best(1)).toThrow(RangeError);
  });

  it('scores the next question as if nothing had been asked when one ended in the middle of its postings', () => {
    const sums = new PassageSums();
    const lengths = new PassageLengths(Uint16Array.of(0, 5, 5, 5));
    const ask = (bytes: readonly number[], isWhole: boolean) => {
      const postings = new ByteReader(Uint8Array.from(bytes));
      const scorer = new PassageScorer(lengths, 'en', sums);
      scorer.addWord([{ postings, passages: 2, firstPassageId: 1, isWhole, isExact: true, similarity: 1 }], 1);
      return scorer.best(3);
    };
    const bodyOnce = 4;
    const whole = [bodyOnce, 8 + bodyOnce];
    const before = ask(whole, true);
    expect(before.map(({ id }) => id)).toEqual([1, 2]);
    for (const isWhole of [true, false]) {
      expect(() => ask([...whole, 8], isWhole)).toThrow(RangeError);
      expect(ask(whole, true)).toEqual(before);
    }
  });
});
