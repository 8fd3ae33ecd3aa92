import { expect, test } from 'vitest';
import { sideOf } from '../../../../src/core/retrieval-tuning/split-pairs';

test('a question is always on the same side, however it is typed', () => {
  expect(sideOf('When was the  mill built?')).toBe(sideOf(' when was the mill BUILT?'));
});

test('of many questions a quarter is checked with and a fifth chooses', () => {
  const sides = Array.from({ length: 4_000 }, (_, index) => sideOf(`what is number ${index}`));
  const share = (side: string) => sides.filter((one) => one === side).length / sides.length;
  expect(share('check')).toBeCloseTo(0.25, 1);
  expect(share('choose')).toBeCloseTo(0.2, 1);
  expect(share('train')).toBeCloseTo(0.55, 1);
});
