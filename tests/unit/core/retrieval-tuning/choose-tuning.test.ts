import { expect, test } from 'vitest';
import { chooseTuning, gainOf, type JudgedRankings } from '../../../../src/core/retrieval-tuning/choose-tuning';

const ranked = (...ids: number[]) => ids.map((id, place) => ({ id, score: 1 - place / ids.length }));
const byWords = (...ids: number[]) => ranked(...ids).map((one) => ({ ...one, coverage: one.score }));

/** Words are wrong; the first map knows no better, the second does. */
const question = (answer: number): JudgedRankings<number> => ({
  answers: new Set([answer]),
  byWords: byWords(90, answer, 91, 92),
  byVectors: [ranked(90, 93, answer, 94), ranked(answer, 95, 96, 90)],
});

test('the map with which the rankings are best is chosen, and vectors are trusted as far as it takes', () => {
  const chosen = chooseTuning([question(1), question(2)], 2, 0.5);
  expect(chosen.map).toBe(1);
  expect(chosen.trust).toBeGreaterThan(0.5);
});

test('where nothing gains anything, all stays as it is', () => {
  const found: JudgedRankings<number> = { answers: new Set([1]), byWords: byWords(1, 2, 3), byVectors: [ranked(1, 2, 3), ranked(1, 3, 2)] };
  expect(chooseTuning([found], 2, 0.7)).toEqual({ map: 0, trust: 0.7 });
  expect(chooseTuning([], 2, 0.7)).toEqual({ map: 0, trust: 0.7 });
});

test('only the ten best places count, and all answers at the top count as 1', () => {
  expect(gainOf([1, 2, 3], new Set([1, 2]))).toBe(1);
  expect(gainOf([5, 1], new Set([1]))).toBeCloseTo(1 / Math.log2(3), 10);
  expect(gainOf([...Array(10).keys()].map((id) => id + 100).concat(1), new Set([1]))).toBe(0);
});
