import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededShares } from '../../../../src/core/seeded-shares';
import { drawByLot, drawSides } from '../../../../src/core/tuning/judging/draw-by-lot';
import type { JudgedAnswer, JudgedPair, JudgementId } from '../../../../src/core/tuning/judging/judgement';
import { shownPair } from '../../../../src/core/tuning/judging/shown-pair';
import { tallyVotes } from '../../../../src/core/tuning/judging/tally-votes';
import { wilsonInterval } from '../../../../src/core/tuning/judging/wilson-interval';

const counts = fc.integer({ min: 1, max: 2_000 }).chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

function answer(text: string, model: string): JudgedAnswer {
  return {
    status: 'failed',
    kind: 'written',
    text,
    sources: [],
    report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
    problem: { code: 'model-looped', detail: `${model} looped` },
    usage: { model, promptTokens: 10, completionTokens: 5, counted: false },
    durationMs: 1_234,
  };
}

function pairOf(isSwapped: boolean): JudgedPair {
  return {
    kind: 'pair',
    id: 'run' as JudgementId,
    number: 1,
    question: { text: 'Why?' },
    isSwapped,
    first: answer('one', 'the-base-model'),
    second: answer('two', 'the-tuned-model'),
  };
}

describe('the interval of a share', () => {
  it('is the one of the example in the literature', () => {
    const { low, high } = wilsonInterval(14, 20);
    expect(low).toBeCloseTo(0.481, 3);
    expect(high).toBeCloseTo(0.8545, 3);
  });

  it('holds the share that was seen, stays between nothing and all, and is the same from the other side', () => {
    fc.assert(
      fc.property(counts, ([wins, trials]) => {
        const { low, high } = wilsonInterval(wins, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(wins / trials);
        expect(high).toBeGreaterThanOrEqual(wins / trials);
        const other = wilsonInterval(trials - wins, trials);
        expect(other.low).toBeCloseTo(1 - high, 10);
        expect(other.high).toBeCloseTo(1 - low, 10);
      }),
    );
  });

  it('is narrower with ten times the votes, and leaves all open without one', () => {
    fc.assert(
      fc.property(counts, ([wins, trials]) => {
        const few = wilsonInterval(wins, trials);
        const many = wilsonInterval(wins * 10, trials * 10);
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('is left by the true share about one time in twenty', () => {
    // All outcomes of 40 votes with their chances, not a sample of them: the mean over the shares is what the interval promises.
    const trials = 40;
    const shares = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);
    const covered = shares.map((share) => {
      let chance = (1 - share) ** trials;
      let sum = 0;
      for (let wins = 0; wins <= trials; wins++) {
        const { low, high } = wilsonInterval(wins, trials);
        if (low <= share && share <= high) sum += chance;
        chance *= ((trials - wins) / (wins + 1)) * (share / (1 - share));
      }
      return sum;
    });
    expect(covered.reduce((sum, one) => sum + one, 0) / covered.length).toBeCloseTo(0.95, 1);
    expect(Math.min(...covered)).toBeGreaterThan(0.83);
  });
});

describe('what is shown of a pair', () => {
  it('holds nothing that tells whose an answer is until it is revealed', () => {
    for (const isSwapped of [false, true]) {
      const shown = JSON.stringify(shownPair(pairOf(isSwapped), false));
      expect(shown).not.toMatch(/base-model|tuned-model|1234|promptTokens|sides|isSwapped/);
    }
  });

  it('shows either side’s answer as A, as the lot has it', () => {
    expect(shownPair(pairOf(false), false).answers).toMatchObject({ a: { text: 'one' }, b: { text: 'two' } });
    expect(shownPair(pairOf(true), false).answers).toMatchObject({ a: { text: 'two' }, b: { text: 'one' } });
    expect(shownPair(pairOf(true), true).sides).toEqual({ a: 1, b: 0 });
  });

  it('shows no answer before there are both', () => {
    const { second: _, ...half } = pairOf(false);
    expect(shownPair(half, false)).not.toHaveProperty('answers');
  });
});

describe('drawing by lot', () => {
  it('draws each once, the same for the same seed, and others for another', () => {
    const items = Array.from({ length: 60 }, (_, index) => index);
    fc.assert(
      fc.property(fc.integer(), fc.nat(80), (seed, count) => {
        const drawn = drawByLot(items, count, seededShares(seed));
        expect(drawn).toHaveLength(Math.min(count, items.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawByLot(items, count, seededShares(seed))).toEqual(drawn);
      }),
    );
    expect(drawByLot(items, 10, seededShares(1))).not.toEqual(drawByLot(items, 10, seededShares(2)));
  });

  it('gives each side the first place as often, and an odd one to either', () => {
    const swapped = (count: number, share: () => number) => drawSides(count, share).filter(Boolean).length;
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), (seed, count) => {
        expect([Math.floor(count / 2), Math.ceil(count / 2)]).toContain(swapped(count, seededShares(seed)));
      }),
    );
    const share = seededShares(1);
    expect(new Set(Array.from({ length: 30 }, () => swapped(7, share)))).toEqual(new Set([3, 4]));
  });

  it('leaves each question with either side about as often', () => {
    const draws = Array.from({ length: 1_000 }, (_, seed) => drawSides(4, seededShares(seed)));
    for (const question of [0, 1, 2, 3]) {
      const swapped = draws.filter((sides) => sides[question]).length;
      expect(swapped).toBeGreaterThan(440);
      expect(swapped).toBeLessThan(560);
    }
  });
});

describe('the tally', () => {
  const voted = (vote: 'a' | 'b' | 'equal' | 'neither' | undefined, isSwapped: boolean) =>
    shownPair({ ...pairOf(isSwapped), ...(vote ? { vote } : {}) }, true);

  it('counts each vote for the side that was behind the letter', () => {
    const pairs = [
      voted('a', true),
      voted('b', false),
      voted('a', false),
      voted('equal', false),
      voted('neither', true),
      voted(undefined, true),
    ];
    expect(tallyVotes(pairs)).toMatchObject({ wins: [1, 2], equal: 1, neither: 1, open: 1, ahead: 1, isDecided: false });
  });

  it('decides only when a half is out of the interval', () => {
    const run = (wins: number, losses: number) =>
      tallyVotes([...Array.from({ length: wins }, () => voted('a', false)), ...Array.from({ length: losses }, () => voted('b', false))]);
    expect(run(14, 6)).toMatchObject({ ahead: 0, isDecided: false });
    expect(run(15, 5)).toMatchObject({ ahead: 0, isDecided: true });
    expect(run(0, 9)).toMatchObject({ ahead: 1, isDecided: true, share: { of: 1, high: 1 } });
    expect(tallyVotes([voted('equal', false)])).not.toHaveProperty('share');
  });

  it('gives the same to the sides whichever letters they had', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ firstWins: fc.boolean(), isSwapped: fc.boolean() })), (votes) => {
        const pairs = votes.map(({ firstWins, isSwapped }) => voted(firstWins === isSwapped ? 'b' : 'a', isSwapped));
        const firsts = votes.filter(({ firstWins }) => firstWins).length;
        expect(tallyVotes(pairs).wins).toEqual([firsts, votes.length - firsts]);
      }),
    );
  });
});
