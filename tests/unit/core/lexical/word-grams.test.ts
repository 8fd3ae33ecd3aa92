import { expect, it } from 'vitest';
import { hashGrams } from '../../../../src/core/lexical/word-grams';

function gramsOf(word: string): number[] {
  const units = Uint16Array.from(word.padEnd(300, '!'), (_, at) => word.padEnd(300, '!').charCodeAt(at));
  const hashes = new Int32Array(2 * word.length + 2);
  return [...hashes.slice(0, hashGrams(units, word.length, hashes))];
}

const shared = (one: string, other: string) => gramsOf(one).filter((gram) => gramsOf(other).includes(gram)).length;

it('a word has a gram for every four characters, its edges included', () => {
  expect(gramsOf('lamp')).toHaveLength(3);
  expect(gramsOf('lamps')).toHaveLength(4);
  expect(new Set(gramsOf('lighthouse')).size).toBe(9);
});

it('grams are the same in another word at the same distance from its edges or in its middle', () => {
  expect(shared('lamp', 'lamps')).toBe(2);
  expect(shared('housekeeper', 'keeper')).toBe(4);
  expect(shared('lamp', 'oil')).toBe(0);
});

it('in scripts that say more with a character they are two, without edges', () => {
  expect(gramsOf('ライト')).toHaveLength(2);
  expect(shared('ライト', 'ライター')).toBe(1);
});

it('in Thai and its like, which write a vowel before, above or below, they are three', () => {
  expect(gramsOf('ประภาคาร')).toHaveLength(6);
  expect(gramsOf('ໂຮງຮຽນ')).toHaveLength(4);
  expect(gramsOf('សាលារៀន')).toHaveLength(5);
  expect(shared('ประภาคาร', 'ประกาศ')).toBe(1);
  expect(gramsOf('ปี')).toHaveLength(1);
});

it('each Korean syllable is one as well: many a noun has but two, and one of them in another word', () => {
  expect(gramsOf('도서관')).toHaveLength(5);
  expect(shared('미술관', '도서관')).toBe(1);
  expect(shared('도', '도서관')).toBe(1);
});

it('each Chinese character is one as well, but in words that are longer than any', () => {
  expect(gramsOf('灯台守')).toHaveLength(5);
  expect(shared('灯台守', '灯台')).toBe(3);
  expect(shared('灯', '灯台')).toBe(1);
  expect(shared('灯り', 'り')).toBe(0);
  expect(gramsOf('灯'.repeat(200))).toHaveLength(199);
});

it('a word too short to have more is one gram, and, but for Chinese and Korean, no part of a longer one', () => {
  expect(gramsOf('a')).toHaveLength(1);
  expect(gramsOf('灯')).toHaveLength(1);
  expect(gramsOf('')).toHaveLength(1);
  expect(shared('a', 'ab')).toBe(0);
  expect(shared('ปี', 'ปีก')).toBe(0);
});
