import { expect, it } from 'vitest';
import { NearestPassages } from '../../../scripts/bench/nearest-passages';

it('keeps the nearest of all batches, the best first', () => {
  const nearest = new NearestPassages(Float32Array.of(1, 0), 3);
  nearest.compare(Float32Array.of(0.6, 0.8, 0, 1, -1, 0), 10);
  nearest.compare(Float32Array.of(1, 0, 0.8, 0.6), 20);
  expect(nearest.ids()).toEqual([20, 21, 10]);
});
