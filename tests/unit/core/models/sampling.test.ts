import { describe, expect, it } from 'vitest';
import { atTemperature, cutAtStop, drawWords, penalised, type WordChance, withinTopP } from '../../../../src/core/models/sampling';

const chances: WordChance[] = [
  { word: 'lit', probability: 0.5 },
  { word: 'bright', probability: 0.25 },
  { word: 'old', probability: 0.125 },
  { word: 'green', probability: 0.125 },
];
const shares = (list: readonly WordChance[]) => list.map(({ probability }) => probability);
const sum = (list: readonly WordChance[]) => shares(list).reduce((total, share) => total + share, 0);

describe('A temperature', () => {
  it('of 1 leaves probabilities as they are', () => {
    for (const [index, { probability }] of atTemperature(chances, 1).entries()) {
      expect(probability).toBeCloseTo(chances[index]?.probability ?? 0, 10);
    }
  });

  it('of 0 takes the likeliest alone', () => {
    expect(shares(atTemperature(chances, 0))).toEqual([1, 0, 0, 0]);
  });

  it('of ½ squares them, and of 2 takes their roots', () => {
    const squares = 0.25 + 0.0625 + 2 * 0.015625;
    expect(atTemperature(chances, 0.5)[0]?.probability).toBeCloseTo(0.25 / squares, 10);
    const roots = Math.sqrt(0.5) + 0.5 + 2 * Math.sqrt(0.125);
    expect(atTemperature(chances, 2)[1]?.probability).toBeCloseTo(0.5 / roots, 10);
  });
});

describe('Top p', () => {
  it('keeps the likeliest words that together reach it, and no more', () => {
    expect(withinTopP(chances, 0.75).map(({ word }) => word)).toEqual(['lit', 'bright']);
    expect(withinTopP(chances, 0.76).map(({ word }) => word)).toEqual(['lit', 'bright', 'old']);
    expect(withinTopP(chances, 0).map(({ word }) => word)).toEqual(['lit']);
    expect(sum(withinTopP(chances, 0.75))).toBeCloseTo(1, 10);
  });
});

describe('Penalties', () => {
  const counts = new Map([
    ['lit', 3],
    ['bright', 1],
  ]);

  it('count each time, or once', () => {
    const byFrequency = penalised(chances, counts, { frequencyPenalty: 1 });
    expect((byFrequency[0]?.probability ?? 0) / (byFrequency[2]?.probability ?? 1)).toBeCloseTo((0.5 * Math.exp(-3)) / 0.125, 10);
    const byPresence = penalised(chances, counts, { presencePenalty: 1 });
    expect((byPresence[0]?.probability ?? 0) / (byPresence[2]?.probability ?? 1)).toBeCloseTo((0.5 * Math.exp(-1)) / 0.125, 10);
    expect(sum(byFrequency)).toBeCloseTo(1, 10);
  });

  it('below 0 make what has come likelier', () => {
    expect(penalised(chances, counts, { presencePenalty: -1 })[1]?.probability).toBeGreaterThan(0.25);
  });
});

it('A seed draws the same words each time, about as often as they are likely', () => {
  expect(drawWords(chances, 7, 20)).toEqual(drawWords(chances, 7, 20));
  expect(drawWords(chances, 7, 20)).not.toEqual(drawWords(chances, 8, 20));
  const many = drawWords(chances, 7, 4_000);
  expect(many.filter((word) => word === 'lit').length / 4_000).toBeCloseTo(0.5, 1);
});

it('A text ends before the first of the stops that it holds', () => {
  expect(cutAtStop('One. Two. Three.', ['Three', 'Two'])).toBe('One. ');
  expect(cutAtStop('One.', ['Two', ''])).toBe('One.');
});
