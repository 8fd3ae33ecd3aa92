import { expect, it } from 'vitest';
import { bestStretchScore } from '../../../../src/core/lexical/best-stretch';
import { wordsByStem } from '../../../../src/core/lexical/proximity';

const words = ['lamp', 'oil', 'price'].map((stem, index) => ({ stems: [stem, `${stem}s`], rarity: index + 1 }));
const score = (text: string) => bestStretchScore(words, wordsByStem(words), text.split(' '));
const others = (count: number) => Array.from({ length: count }, () => 'x').join(' ');

it('words that stand close together add more than the same words far apart, in whatever order', () => {
  expect(score(`price ${others(5)} lamp oil`)).toBeGreaterThan(score(`price ${others(40)} lamp oil`));
  expect(score(`oil lamp ${others(5)} price`)).toBe(score(`price ${others(5)} lamp oil`));
});

it('the best stretch counts, wherever it is', () => {
  const best = score('lamp price');
  expect(score(`lamp ${others(50)} lamp price ${others(50)} oil`)).toBe(best);
  expect(score(`oil lamp ${others(50)} price lamp`)).toBe(best);
});

it('a word counts once however often and in whatever form it stands, and goes only when its last place does', () => {
  expect(score('oil oil oils')).toBe(score('oil'));
  expect(score(`lamp ${others(10)} lamps ${others(15)} price`)).toBe(score('lamp price'));
  expect(score(`lamp ${others(10)} x ${others(15)} price`)).toBe(score('price'));
});

it('nothing comes of no words or no text', () => {
  expect(bestStretchScore([], wordsByStem([]), ['lamp'])).toBe(0);
  expect(bestStretchScore(words, wordsByStem(words), [])).toBe(0);
});
