import { describe, expect, it } from 'vitest';
import { carrySelections, placeSelection } from '../../../src/core/selections';

const surroundings = '# Lamps\n\n## Oil\n\nThe lamp burns oil at night.';
const chosen = { start: surroundings.indexOf('burns'), end: surroundings.indexOf('burns') + 'burns oil'.length };
const wordsOf = ({ text, chosen: { start, end } }: ReturnType<typeof placeSelection>) => text.slice(start, end);

describe('a selection', () => {
  it('stands where its paragraph stands in the page, though its words are there before', () => {
    const page = 'It burns oil.\n\n## Oil\n\nThe lamp burns oil at night.\n\nThe end.';
    const placed = placeSelection(page, surroundings, chosen);
    expect(placed.text).toBe(page);
    expect(placed.chosen.start).toBe(page.lastIndexOf('burns'));
  });

  it('stands where its words stand when the paragraph is written otherwise there', () => {
    const long = { text: '# Lamps\n\n- The lamp burns oil at night and gas by day.', words: 'burns oil at night and gas' };
    const at = long.text.indexOf(long.words);
    const page = 'The lamp burns oil at night and gas by day, they say.';
    expect(wordsOf(placeSelection(page, long.text, { start: at, end: at + long.words.length }))).toBe(long.words);
  });

  it('goes to the end with its headings where the page does not have it, and nothing before it moves', () => {
    const placed = placeSelection('Another text.', surroundings, chosen);
    expect(placed.text).toBe(`Another text.\n\n${surroundings}`);
    expect(wordsOf(placed)).toBe('burns oil');
  });

  it('is found again in the next version, or stays with the one that has its words', () => {
    const before = 'One lamp.\n\nTwo lamps.';
    const selection = (words: string) => ({
      version: 1,
      capturedAt: 1,
      start: before.indexOf(words),
      end: before.indexOf(words) + words.length,
    });
    const [kept, gone] = carrySelections([selection('Two lamps.'), selection('One lamp.')], before, 1, 'No lamp.\n\nAnd then: Two lamps.');
    expect(kept).toMatchObject({ version: 2, start: 20, end: 30 });
    expect(gone).toEqual(selection('One lamp.'));
  });
});
