import { expect, it } from 'vitest';
import { stemKorean } from '../../../../src/core/lexical/stem-korean';

it('takes off what is written together with a noun, as it goes with how the noun ends', () => {
  expect(['물은', '물이', '물을', '물과', '물에서는'].map(stemKorean)).toEqual(Array.from({ length: 5 }, () => '물'));
  expect(['나무는', '나무가', '나무를', '나무와', '나무로', '나무들의'].map(stemKorean)).toEqual(Array.from({ length: 6 }, () => '나무'));
  expect(stemKorean('시장으로부터')).toBe('시장');
  expect(stemKorean('비가')).toBe('비');
});

it('leaves alone a noun that only ends like a particle', () => {
  // An apple, a writer, a sea, a country, a meeting, an island: what is before the last syllable does not go with it, or is too short.
  for (const noun of ['사과', '작가', '바다', '나라', '회의', '섬', '지도']) expect(stemKorean(noun)).toBe(noun);
});

it('leaves alone what is not written in Hangul alone, and never leaves nothing', () => {
  for (const word of ['lamp', '2019년을', 'KBS는', '은', '에서']) expect(stemKorean(word)).not.toBe('');
  expect(stemKorean('KBS는')).toBe('KBS는');
});
