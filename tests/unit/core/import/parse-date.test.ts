import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDate } from '../../../../src/core/import/parse-date';

it('reads a moment in seconds, milliseconds, microseconds and as ISO 8601 alike', () => {
  const moments = fc.integer({ min: Date.UTC(1990, 0, 1) / 1_000, max: Date.UTC(2099, 11, 31) / 1_000 });
  fc.assert(
    fc.property(moments, (seconds) => {
      const ms = seconds * 1_000;
      const iso = new Date(ms).toISOString();
      const written = [`${seconds}`, `${ms}`, `${ms}000`, iso, iso.replace('T', ' ').replace('.000Z', '+00:00'), iso.slice(0, 19)];
      expect(written.map(parseDate)).toEqual(written.map(() => ms));
    }),
  );
});

it.each(['', 'yesterday', '0', '-5', '9'.repeat(40), '1800-01-01', 'NaN'])('takes %j for no date', (written) => {
  expect(parseDate(written)).toBeUndefined();
});
