import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../../../src/core/bytes/checksum';

describe('the checksum of stored bytes', () => {
  it('changes with any single byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, place, change) => {
        const damaged = bytes.slice();
        damaged[place % bytes.length] = (bytes[place % bytes.length] as number) ^ change;
        expect(checksum(damaged)).not.toBe(checksum(bytes));
      }),
    );
  });

  it('changes when zeros are cut off or two words change places', () => {
    const zeros = new Uint8Array(64);
    expect(checksum(zeros.subarray(0, 60))).not.toBe(checksum(zeros));
    expect(checksum(zeros.subarray(0, 63))).not.toBe(checksum(zeros));
    expect(checksum(Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0))).not.toBe(checksum(Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0)));
  });

  it('is the same wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat(7), (bytes, offset) => {
        const elsewhere = new Uint8Array(bytes.length + offset);
        elsewhere.set(bytes, offset);
        expect(checksum(elsewhere.subarray(offset))).toBe(checksum(bytes));
      }),
    );
  });

  it('finds nothing alike among many records that differ little', () => {
    const sums = new Set(Array.from({ length: 20_000 }, (_, index) => checksum(Uint8Array.of(index & 255, index >> 8, 0, 0, 7))));
    expect(sums.size).toBeGreaterThan(19_998);
  });
});
