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

it('takes it off numbers and words of other letters too, whatever they sound like', () => {
  expect(['kbs는', 'kbs은', 'kbs에서'].map(stemKorean)).toEqual(['kbs', 'kbs', 'kbs']);
  expect(['2019년을', '2019년에'].map(stemKorean)).toEqual(['2019년', '2019년']);
  expect(stemKorean('50%로')).toBe('50%');
});

it('leaves alone what does not end in Hangul, and never leaves nothing', () => {
  for (const word of ['lamp', 'kbs', '은', '에서']) expect(stemKorean(word)).toBe(word);
});
