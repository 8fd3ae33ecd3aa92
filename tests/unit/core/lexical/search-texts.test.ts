import { describe, expect, it } from 'vitest';
import { passagesOfTexts, type SearchedText, searchTexts } from '../../../../src/core/lexical/search-texts';
import type { PageId } from '../../../../src/core/pages/page';

const page = (id: string, text: string, title = ''): SearchedText => ({ pageId: id as PageId, version: 1, title, text, language: 'en' });
const lamp = page('lamp', 'The lamps of Cordouan were lit in 1823.', 'Lighthouses');
const bread = page('bread', 'Dough rests for twelve hours before it is baked.');
const found = (text: string, rest: { phrases?: string[]; excluded?: string[] } = {}) =>
  searchTexts([lamp, bread], { text, limit: 5, ...rest });

describe('searching texts that are in no index', () => {
  it('finds words in their other forms, the best first, and says how much of the question is held', () => {
    const [best, ...others] = found('When was the lamp of Cordouan lit?');
    expect(best).toMatchObject({ pageId: 'lamp', version: 1, start: 0, end: lamp.text.length });
    expect(best?.wordCoverage).toBeGreaterThan(0.5);
    expect(others.every(({ score }) => score <= (best?.score ?? 0))).toBe(true);
    expect(found('submarine treaty')).toEqual([]);
  });

  it('looks into titles too', () => {
    expect(found('lighthouse').map(({ pageId }) => pageId)).toEqual(['lamp']);
  });

  it('gives back nothing that holds what is not wanted, and prefers what holds a phrase as it stands', () => {
    expect(found('lamp dough', { excluded: ['lamp'] }).map(({ pageId }) => pageId)).toEqual(['bread']);
    expect(found('twelve hours lamps', { phrases: ['twelve hours'] }).map(({ pageId }) => pageId)).toEqual(['bread']);
    expect(found('hours twelve lamps', { phrases: ['hours twelve'] }).map(({ pageId }) => pageId)).toContain('lamp');
  });

  it('gives passages ids that none of the library has, each its own', () => {
    const ids = passagesOfTexts([lamp, bread]).map(({ passageId }) => passageId);
    expect(ids).toEqual([-1, -2]);
  });

  it('finds nothing in nothing', () => {
    expect(searchTexts([], { text: 'lamp', limit: 5 })).toEqual([]);
    expect(found('')).toEqual([]);
  });
});
