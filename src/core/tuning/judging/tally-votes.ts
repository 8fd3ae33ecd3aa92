import type { OutlinedPair } from './shown-pair';
import { wilsonInterval } from './wilson-interval';

/** What the votes come to, by the places of the sides in the plan. */
export interface Tally {
  readonly wins: readonly [number, number];
  readonly equal: number;
  readonly neither: number;
  /** Pairs without a vote. */
  readonly open: number;
  /** The side that was better more often; the first when both were as often. */
  readonly ahead: 0 | 1;
  /** Its share of the votes for one or the other, and between which shares it lies with a confidence of 95 %; absent before there is one. */
  readonly share?: { readonly of: number; readonly low: number; readonly high: number };
  /** The interval leaves a half out: the one ahead is better, as far as these questions tell. */
  readonly isDecided: boolean;
}

/** Counts the votes of pairs whose sides are revealed. */
export function tallyVotes(pairs: readonly Pick<OutlinedPair, 'vote' | 'sides'>[]): Tally {
  const wins: [number, number] = [0, 0];
  const counts = { equal: 0, neither: 0, open: 0 };
  for (const { vote, sides } of pairs) {
    if (vote === 'a' || vote === 'b') {
      if (sides) wins[sides[vote]] += 1;
    } else counts[vote ?? 'open'] += 1;
  }
  const ahead = wins[1] > wins[0] ? 1 : 0;
  const decided = wins[0] + wins[1];
  if (decided === 0) return { wins, ...counts, ahead, isDecided: false };
  const { low, high } = wilsonInterval(wins[ahead], decided);
  return { wins, ...counts, ahead, share: { of: wins[ahead] / decided, low, high }, isDecided: low > 0.5 };
}
