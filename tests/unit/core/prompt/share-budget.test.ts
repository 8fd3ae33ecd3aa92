import { expect, it } from 'vitest';
import { shareBudget } from '../../../../src/core/prompt/share-budget';

it('gives each what it wants where there is enough', () => {
  expect(shareBudget([10, 30, 20], 100)).toEqual([10, 30, 20]);
});

it('shares evenly where there is not, and gives to others what one does not need', () => {
  expect(shareBudget([500, 10, 500], 110)).toEqual([50, 10, 50]);
  expect(shareBudget([5, 5], -1)).toEqual([0, 0]);
});
