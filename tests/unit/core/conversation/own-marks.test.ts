import { describe, expect, test } from 'vitest';
import { ownMarks } from '../../../../src/core/conversation/own-marks';

const known = new Set([1, 2, 3]);

describe('Marks that can be nothing else', () => {
  test.each([
    ['It is so 【1†source】.', 'It is so [1].'],
    ['It is so【2†L4-L9】', 'It is so[2]'],
    ['It is so 【4:0†notes.md】.', 'It is so .'],
    ['It is so [^1], and so[^99].', 'It is so [1], and so[99].'],
    ['It is so[^1].\n\n[^1]: A page', 'It is so[1].\n\n[1] A page'],
    ['It is so (Source 1).', 'It is so [1].'],
    ['It is so [Sources 1, 2 and 3].', 'It is so [1][2][3].'],
    ['It is so (passage: 2).', 'It is so [2].'],
    ['It is so [#3].', 'It is so [3].'],
    ['It is so<sup>1</sup> and so<sup>[2]</sup>.', 'It is so[1] and so[2].'],
  ])('%s', (text, expected) => expect(ownMarks(text, known)).toBe(expected));
});

describe('Marks that could be something else', () => {
  test.each([
    ['It is so (1). It is not (2).', 'It is so [1]. It is not [2].'],
    ['It is so (1)', 'It is so [1]'],
    ['It was said twice.¹ ²', 'It was said twice.[1] ²'],
    ['Everybody knows¹, nobody says².', 'Everybody knows[1], nobody says[2].'],
  ])('are taken for marks at the end of a sentence: %s', (text, expected) => expect(ownMarks(text, known)).toBe(expected));

  test.each([
    ['It is so (1), says [2].'],
    ['It happened (1974).'],
    ['There were many (9). And few (1).'],
    ['(1) First it was lit. (2) Then it went out.'],
    ['A room of 20 m².'],
    ['f(1) is 2'],
    ['`a (1).` and `[^1]` and `¹`'],
    ['```\nsee (Source 1).\n```'],
    ['[Source 1](https://example.org)'],
  ])('are left alone elsewhere: %s', (text) => expect(ownMarks(text, known)).toBe(text));
});
