import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isWithinEdits } from '../../../../src/core/lexical/edit-distance';

/** The restricted distance by its definition. */
function distance(one: string, other: string): number {
  const known = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const options = [of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1)];
    if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) options.push(of(i - 2, j - 2) + 1);
    const least = Math.min(...options);
    known.set(key, least);
    return least;
  };
  return of(one.length, other.length);
}

const unitsOf = (word: string) => Uint16Array.from(word, (_, at) => word.charCodeAt(at));

/** With what another word left behind it, as in a reader's buffer. */
function isWithin(word: string, other: string, edits: number): boolean {
  return isWithinEdits(unitsOf(word), unitsOf(`${other}leftover`), other.length, edits);
}

const word = fc.array(fc.constantFrom(...'abc'), { minLength: 1, maxLength: 9 }).map((letters) => letters.join(''));

it('tells words apart as the definition does, when they begin alike', () => {
  fc.assert(
    fc.property(word, word, fc.constantFrom(1, 2), (one, other, edits) => {
      expect(isWithin(`x${one}`, `x${other}`, edits)).toBe(distance(`x${one}`, `x${other}`) <= edits);
    }),
    { numRuns: 2_000 },
  );
});

it('takes a letter added, left out, replaced or swapped for one edit', () => {
  for (const written of ['keeeper', 'keper', 'koeper', 'kepeer']) {
    expect(isWithin('keeper', written, 1), written).toBe(true);
    expect(isWithin('keeper', written, 0), written).toBe(false);
  }
});

it('wants the first letter to be right', () => {
  expect(isWithin('keeper', 'jeeper', 2)).toBe(false);
});

it('compares words up to the longest that a text is cut into', () => {
  expect(isWithin('a'.repeat(64), `${'a'.repeat(63)}b`, 1)).toBe(true);
  expect(isWithin('a'.repeat(64), `a${'b'.repeat(63)}`, 2)).toBe(false);
  expect(isWithin('a'.repeat(65), 'a'.repeat(64), 1)).toBe(false);
});
