import { expect, it } from 'vitest';
import { proximityScore, wordsByStem } from '../../../../src/core/lexical/proximity';

const words = ['lamp', 'oil', 'price'].map((stem, index) => ({ stems: [stem], rarity: index + 1 }));
const score = (text: string, sought: Parameters<typeof proximityScore>[0] = words) =>
  proximityScore(sought, wordsByStem(sought), text.split(' '), 10);

it('neighbours of the question add when they are neighbours in the passage, in either order', () => {
  expect(score('the lamp oil burns')).toBeGreaterThan(0);
  expect(score('the oil lamp burns')).toBe(score('the lamp oil burns'));
});

it('words that stand apart, or that are not neighbours in the question, add nothing', () => {
  expect(score('the lamp burns oil')).toBe(0);
  expect(score('lamp price')).toBe(0);
  expect(score('lamp lamp lamp')).toBe(0);
});

it('a pair adds by its rarity, and ever less the more often it stands', () => {
  expect(score('the oil price rose')).toBeCloseTo((score('the lamp oil rose') * 5) / 3);
  const once = score('lamp oil a b c d');
  const twice = score('lamp oil a b lamp oil');
  expect(twice).toBeGreaterThan(once);
  expect(twice).toBeLessThan(2 * once);
});

it('a word is known by any of its stems', () => {
  const houses = [
    { stems: ['hous', 'houses'], rarity: 1 },
    { stems: ['light'], rarity: 1 },
  ];
  expect(score('light houses', houses)).toBeGreaterThan(0);
  expect(score('light hous', houses)).toBe(score('light houses', houses));
});

it('nothing comes of no words or no text', () => {
  expect(score('lamp oil', [])).toBe(0);
  expect(proximityScore(words, wordsByStem(words), [], 10)).toBe(0);
});
