import { expect, it } from 'vitest';
import { cutAtPages } from '../../../src/reader/cut-at-pages';

it('a text is cut where pages begin, between blocks only, and nothing of it is lost', () => {
  const text = 'One.\n\nTwo runs on\nto page 2.\n\nThree.';
  const parts = cutAtPages(text, [
    { start: 0, page: 1 },
    { start: text.indexOf('to page'), page: 2 },
    { start: text.indexOf('Three'), page: 3 },
  ]);
  expect(parts.map(({ page, text: part }) => [page, part])).toEqual([
    [1, 'One.\n\nTwo runs on\nto page 2.\n\n'],
    [3, 'Three.'],
  ]);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

it('what has no pages is one part', () => {
  expect(cutAtPages('One.\n\nTwo.', [{ start: 0, seconds: 12 }])).toEqual([{ start: 0, text: 'One.\n\nTwo.' }]);
});
