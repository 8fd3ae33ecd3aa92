import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { durabilityOf } from '../../../src/storage/durability-of';

/** From here on Chromium keeps a value in a file of its own. */
const ownFileBytes = 65_536;

describe('the durability of a commit', () => {
  it('is strict from a size on that the value is serialised to at most, whatever it is made of', () => {
    const filled: Record<string, (count: number) => unknown> = {
      'a text of one byte a character': (count) => 'a'.repeat(count),
      'a text of two': (count) => '’'.repeat(count),
      numbers: (count) => Array.from({ length: count }, (_, at) => at + 0.5),
      'names of fields': (count) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`field’s ${at}`, true])),
      'short texts in records': (count) => ({
        slabs: Array.from({ length: count }, (_, at) => ({ title: `’${at}`, at, isSealed: false })),
      }),
      bytes: (count) => ({ bytes: new Uint8Array(count) }),
    };
    for (const [name, make] of Object.entries(filled)) {
      let largest = 1;
      for (let step = 65_536; step >= 1; step /= 2) if (durabilityOf([make(largest + step)]) === 'relaxed') largest += step;
      const bytes = serialize(make(largest)).length;
      expect(bytes, name).toBeLessThan(ownFileBytes);
      expect(bytes, name).toBeGreaterThan(ownFileBytes / 8);
    }
  });

  it('is strict when a single one of the values is large, and not when all of them are small', () => {
    expect(durabilityOf(Array.from({ length: 50 }, () => 'a'.repeat(20_000)))).toBe('relaxed');
    expect(durabilityOf(['a', 'a'.repeat(40_000)])).toBe('strict');
  });

  it('counts the whole memory behind a view, and takes what it cannot measure for large', () => {
    expect(durabilityOf([new Uint8Array(new ArrayBuffer(100_000), 0, 10)])).toBe('strict');
    expect(durabilityOf([{ file: new Blob(['a']) }])).toBe('strict');
  });
});
