import { expect, it } from 'vitest';
import { RecentMap } from '../../../src/core/recent-map';

it('keeps what is asked for while others come and go, and no more than it may', () => {
  const map = new RecentMap<number, string>(10);
  map.set(-1, 'in use');
  for (let key = 0; key < 100; key++) {
    map.set(key, `value ${key}`);
    expect(map.get(-1)).toBe('in use');
    expect(map.get(key)).toBe(`value ${key}`);
  }
  const kept = Array.from({ length: 100 }, (_, key) => key).filter((key) => map.get(key) !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(4);
  expect(kept.length).toBeLessThan(10);
  expect(kept.at(-1)).toBe(99);
});
