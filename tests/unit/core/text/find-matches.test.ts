import { describe, expect, it } from 'vitest';
import { matchFinder, readWords } from '../../../../src/core/text/find-matches';

const marked = (query: string, text: string, isUnfinished = false, language?: string) =>
  matchFinder(query, isUnfinished)(readWords(text, language), language).map(({ start, end }) => text.slice(start, end));

describe('The words of a query are found in a text', () => {
  it('in other forms, whatever the case and the accents', () => {
    expect(marked('keeper lighting cafe', 'The Keepers lit a light. Lighting the Café, keeping it.')).toEqual([
      'Keepers',
      'light',
      'Lighting',
      'Café',
    ]);
  });

  it('as whole words', () => {
    expect(marked('light', 'highlights, lighthouse, light-house')).toEqual(['light']);
  });

  it('in Chinese, Japanese and Thai', () => {
    expect(marked('灯台', '古い灯台の光').join('')).toBe('灯台');
    expect(marked('图书馆', '这是图书馆的书').join('')).toBe('图书馆');
    expect(marked('ภาษาไทย', 'ฉันพูดภาษาไทยได้').join('')).toBe('ภาษาไทย');
  });

  it('each word the same number of times as it stands there, where it stands', () => {
    const text = 'oil, then oil again';
    expect(matchFinder('oil')(readWords(text))).toEqual([
      { start: 0, end: 3, term: 'oil' },
      { start: 10, end: 13, term: 'oil' },
    ]);
  });

  it('and no word of an empty query is', () => {
    expect(marked('', 'anything', true)).toEqual([]);
    expect(marked('?!', 'anything?!', true)).toEqual([]);
  });
});

describe('While the last word is being typed', () => {
  it('every word that begins like it is found, and only of the last one', () => {
    expect(marked('oil ligh', 'The oiler in the lighthouse saw light', true)).toEqual(['lighthouse', 'light']);
    expect(marked('ligh', 'lighthouse')).toEqual([]);
  });

  it('but not by one letter of an alphabet after other words', () => {
    expect(marked('oil l', 'The lamp oil, plan L', true)).toEqual(['oil', 'L']);
    expect(marked('l', 'The lamp oil', true)).toEqual(['lamp']);
  });

  it('what was typed is not taken for a stem', () => {
    expect(marked('running', 'runway and runner, running', true)).toEqual(['running']);
    expect(marked('caf', 'Café', true)).toEqual(['Café']);
  });
});
