import { expect, it } from 'vitest';
import { tokenAtCaret } from '../../../../src/core/text/token-at-caret';

const at = (text: string) => tokenAtCaret(text.replace('|', ''), text.indexOf('|'), ['/', '@']);

it('finds the word that the caret is in, from its character on', () => {
  expect(at('/summ|')).toEqual({ character: '/', sought: 'summ', start: 0, end: 5 });
  expect(at('what does @tra|m say')).toEqual({ character: '@', sought: 'tra', start: 10, end: 15 });
  expect(at('one\n@|')).toEqual({ character: '@', sought: '', start: 4, end: 5 });
});

it('takes no character in the middle of a word for the beginning of one', () => {
  expect(at('and/or|')).toBeUndefined();
  expect(at('me@example.org|')).toBeUndefined();
});

it('is over with the white space after it, and before its character', () => {
  expect(at('/table |')).toBeUndefined();
  expect(at('|/table')).toBeUndefined();
  expect(at('|')).toBeUndefined();
});
