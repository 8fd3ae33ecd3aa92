import { describe, expect, it } from 'vitest';
import { carrySelections, placeSelection, uniteSelections } from '../../../../src/core/pages/selections';

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

describe('the selections of a page that was saved in two libraries', () => {
  const numbers = (...pairs: [number, number][]) => new Map(pairs);

  it('stay in the versions they are of, by the new numbers', () => {
    const kept = { version: 1, start: 0, end: 4, capturedAt: 1 };
    const added = { version: 1, start: 2, end: 9, capturedAt: 2 };
    expect(uniteSelections([kept], [added], numbers([1, 2]), numbers([1, 3]))).toEqual([
      { ...kept, version: 2 },
      { ...added, version: 3 },
    ]);
  });

  it('are one when they are of one moment, or in one place', () => {
    const old = { version: 1, start: 0, end: 4, capturedAt: 1 };
    const carried = { ...old, version: 2, start: 6, end: 10 };
    const again = { ...carried, capturedAt: 5 };
    expect(uniteSelections([carried], [old], numbers([1, 1], [2, 2]), numbers([1, 1]))).toEqual([carried]);
    expect(uniteSelections([old], [carried], numbers([1, 1]), numbers([2, 2]))).toEqual([carried]);
    expect(uniteSelections([carried], [again], numbers([2, 2]), numbers([2, 2]))).toEqual([again]);
  });

  it('are left out when the backup does not have their text', () => {
    expect(uniteSelections([], [{ version: 7, start: 0, end: 4, capturedAt: 1 }], numbers(), numbers([1, 1]))).toEqual([]);
  });
});
