import { expect, it } from 'vitest';
import { isoDate } from '../../../../src/content/metadata/published-date';

it.each([
  ['2024-03-05', '2024-03-05'],
  ['2024-03-05T10:00:00Z', '2024-03-05T10:00:00Z'],
  ['2024-03-05T10:00:00+0100', '2024-03-05T10:00:00+01:00'],
  ['2017-11-03 03:01:00.000000', '2017-11-03T03:01:00.000000'],
  ['2019/1/2', '2019-01-02'],
  ['20191102', '2019-11-02'],
  ['5.3.2024', '2024-03-05'],
  ['March 5th, 2024', '2024-03-05'],
])('reads %s', (written, date) => {
  expect(isoDate(written)).toBe(date);
});

it.each(['', null, 'yesterday', '2024', '1066-10-14', '2024-99-99', '3456789012', 'Room 2024'])('makes no date of %s', (written) => {
  expect(isoDate(written)).toBeUndefined();
});
