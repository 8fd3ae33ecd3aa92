import { expect, it } from 'vitest';
import { holdsPhrase, wordsAsWritten } from '../../../../src/core/lexical/holds-words';

const holds = (text: string, phrase: string) => holdsPhrase(wordsAsWritten(text), wordsAsWritten(phrase));

it('a phrase is held word for word, whatever its case and the marks between its words', () => {
  expect(holds('The Keeper — of the light — slept.', 'keeper of the LIGHT')).toBe(true);
  expect(holds('the keepers of the light', 'keeper of the light')).toBe(false);
  expect(holds('the light of the keeper', 'keeper of the light')).toBe(false);
  expect(holds('ﬁne ＡＢＣ', 'fine abc')).toBe(true);
});

it('a phrase may begin again where it seemed to begin before, and does not reach beyond the end', () => {
  expect(holds('the the light', 'the light')).toBe(true);
  expect(holds('keeper of the', 'keeper of the light')).toBe(false);
});

it('a phrase without words is held by everything', () => {
  expect(holds('anything', '!?')).toBe(true);
  expect(holds('', 'word')).toBe(false);
});

it('what is written with marks is found by its words', () => {
  expect(holds('call getUserById(7)', 'getuserbyid')).toBe(true);
  expect(holds('in UTF-8 text', 'utf-8')).toBe(true);
  expect(holds('灯台守の話', '灯台')).toBe(wordsAsWritten('灯台守の話').includes('灯台'));
});
