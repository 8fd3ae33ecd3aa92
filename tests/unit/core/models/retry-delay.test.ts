import { expect, it } from 'vitest';
import { retryDelayMs } from '../../../../src/core/models/retry-delay';

it('waits longer each time, up to an hour', () => {
  const delays = [1, 2, 3, 20].map((attempts) => retryDelayMs({ code: 'model-unreachable' }, attempts));
  expect(delays).toEqual([30_000, 60_000, 120_000, 3_600_000]);
});

it('waits as long as the server asked', () => {
  expect(retryDelayMs({ code: 'model-busy', retryAfterMs: 7_200_000 }, 1)).toBe(7_200_000);
});

it('does not try again by itself what only the person can mend', () => {
  expect(retryDelayMs({ code: 'model-key-refused' }, 1)).toBeUndefined();
});
