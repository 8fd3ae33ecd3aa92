import { expect, it } from 'vitest';
import { locatorAt } from '../../../../src/core/pages/locators';

const locators = [
  { start: 0, page: 1 },
  { start: 100, page: 2 },
  { start: 250, page: 4 },
];

it.each([
  [0, 1],
  [99, 1],
  [100, 2],
  [249, 2],
  [250, 4],
  [9_999, 4],
])('offset %i is on page %i', (offset, page) => {
  expect(locatorAt(locators, offset)?.page).toBe(page);
});

it('what stands before all of them is nowhere', () => {
  expect(locatorAt(locators.slice(1), 99)).toBeUndefined();
  expect(locatorAt([], 5)).toBeUndefined();
});
