import { describe, expect, it } from 'vitest';
import { seededIntegers } from '../../../../../scripts/bench/seeded-random';
import { NearDuplicateFinder } from '../../../../../src/core/tuning/check/near-duplicate-finder';

const texts = 300;
const random = seededIntegers(3);
const wordsOf = (length: number) => Uint32Array.from({ length }, random);

/** @param every so many-th word is another */
function changed(words: Uint32Array, every: number): Uint32Array {
  return words.map((word, at) => (at % every === every - 1 ? random() : word));
}

describe.each([20, 150, 1_500])('of texts of %i words', (length) => {
  const found = (every: number): number => {
    const finder = new NearDuplicateFinder();
    const first = Array.from({ length: texts }, () => wordsOf(length));
    for (const [index, words] of first.entries()) expect(finder.add(index, words)).toBeUndefined();
    return first.filter((words, index) => finder.add(texts + index, changed(words, every)) === index).length;
  };

  it('finds those that have one word in sixty changed, or the last of twenty', () => {
    expect(found(length === 20 ? 20 : 60)).toBeGreaterThan(texts * 0.97);
  });

  it('leaves those alone that have one word in five changed', () => {
    expect(found(5)).toBe(0);
  });
});

it('finds a text again that stands far behind in a large set', () => {
  const finder = new NearDuplicateFinder();
  const first = wordsOf(100);
  finder.add(7, first);
  for (let index = 100; index < 20_000; index++) finder.add(index, wordsOf(30));
  expect(finder.add(99_999, first)).toBe(7);
});
