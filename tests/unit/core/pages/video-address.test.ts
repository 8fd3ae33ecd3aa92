import { expect, it } from 'vitest';
import { addressAtSecond, clockTime } from '../../../../src/core/pages/video-address';

it.each([
  ['https://www.youtube.com/watch?v=abc', 'https://www.youtube.com/watch?v=abc&t=754s'],
  ['https://www.youtube.com/watch?t=3s&v=abc', 'https://www.youtube.com/watch?v=abc&t=754s'],
  ['https://youtu.be/abc', 'https://youtu.be/abc?t=754s'],
  ['https://lectures.example/7?lang=en#part', 'https://lectures.example/7?lang=en#t=754'],
  ['no address', 'no address'],
])('%s is opened at a second as %s', (url, expected) => {
  expect(addressAtSecond(url, 754.9)).toBe(expected);
});

it('writes a time as players do', () => {
  expect([5, 754.9, 3_723].map(clockTime)).toEqual(['0:05', '12:34', '1:02:03']);
});
