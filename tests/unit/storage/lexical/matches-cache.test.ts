import { expect, it } from 'vitest';
import type { WordMatches } from '../../../../src/core/lexical/match-terms';
import { MatchesCache } from '../../../../src/storage/lexical/matches-cache';
import type { Segment } from '../../../../src/storage/schema';

const segments = (...ids: readonly number[]) => ids.map((id) => ({ id })) as unknown as Segment[];
const matches = (isExact: boolean, similarity: number): WordMatches => ({
  gramWeight: 1,
  terms: [{ segment: 0, block: 0, offset: 0, bytes: 2, passages: 1, isExact, similarity }],
});
const lamp = { stems: ['lamp'] };

it('remembers what answers to a word as long as the index has the same segments and passages', () => {
  const cache = new MatchesCache();
  const found = matches(true, 1);
  cache.of(segments(1, 2), 40).keep(lamp, found);
  expect(cache.of(segments(1, 2), 40).get({ stems: ['lamp'], emphasis: 0.3 })).toBe(found);
  expect(cache.of(segments(1, 2), 40).get({ stems: ['lamp', 'lampe'] })).toBeUndefined();
  expect(cache.of(segments(2, 1), 40).get(lamp)).toBeUndefined();
  cache.of(segments(1, 2), 40).keep(lamp, found);
  expect(cache.of(segments(1, 2), 41).get(lamp)).toBeUndefined();
});

it('does not take what a search finds late for what another index has', () => {
  const cache = new MatchesCache();
  const before = cache.of(segments(1), 40);
  const now = cache.of(segments(1, 2), 50);
  before.keep(lamp, matches(true, 1));
  expect(now.get(lamp)).toBeUndefined();
  expect(cache.of(segments(1, 2), 50).get(lamp)).toBeUndefined();
});

it('looks each time for what stands nowhere as it is written', () => {
  const known = new MatchesCache().of(segments(1), 40);
  known.keep(lamp, matches(false, 0.9));
  known.keep({ stems: ['lmap'] }, matches(true, 0.8));
  expect(known.get(lamp)).toBeUndefined();
  expect(known.get({ stems: ['lmap'] })).toBeUndefined();
});

it('remembers what a beginning may become, whether it stands there or not, and not as what answers to the word', () => {
  const known = new MatchesCache().of(segments(1), 40);
  const [beginning, word] = [matches(false, 0.9), matches(true, 1)];
  known.keep({ stems: ['lamp'], beginning: 'lamp' }, beginning);
  expect(known.get(lamp)).toBeUndefined();
  known.keep(lamp, word);
  expect(known.get(lamp)).toBe(word);
  expect(known.get({ stems: ['lamp'], beginning: 'lamp' })).toBe(beginning);
  // «lamps» has the same stem, and goes on otherwise.
  expect(known.get({ stems: ['lamp'], beginning: 'lamps' })).toBeUndefined();
});
