import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PackedIndex } from '../../../../../src/core/tuning/check/packed-index';
import { PackedLists } from '../../../../../src/core/tuning/check/packed-lists';

it('gives what was noted under a key, the first first, as a map of lists does', () => {
  // Some keys are alike in all that a hash may look at but their highest bits.
  const key = fc.oneof(
    fc.maxSafeNat(),
    fc.integer({ min: 0, max: 8 }),
    fc.nat(2 ** 20).map((high) => high * 2 ** 32),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat(2 ** 32 - 2)), { maxLength: 2_000, size: 'max' }), (noted) => {
      const [packed, known] = [new PackedIndex(), new Map<number, number[]>()];
      for (const [key, value] of noted) {
        packed.add(key, value);
        known.set(key, [...(known.get(key) ?? []), value]);
      }
      for (const [key, values] of known) expect(packed.get(key)).toEqual(values);
      expect(packed.get(2 ** 53 - 1)).toEqual(known.get(2 ** 53 - 1) ?? []);
    }),
    { numRuns: 30 },
  );
});

it('finds each of very many keys', () => {
  const packed = new PackedIndex();
  for (let key = 0; key < 300_000; key++) packed.add(key * 31, key);
  for (let key = 0; key < 300_000; key += 997) expect(packed.get(key * 31)).toEqual([key]);
  expect(packed.get(5)).toEqual([]);
});

it('gives lists back as they were, over the end of a block too', () => {
  const lists = new PackedLists();
  const made = Array.from({ length: 31 }, (_, index) => Uint32Array.from({ length: 9_973 }, (_, at) => index * 10_000 + at));
  const numbers = made.map((list) => lists.add(list));
  for (const [index, number] of numbers.entries()) expect(Buffer.compare(bytesOf(lists.get(number)), bytesOf(made[index]))).toBe(0);
  expect(() => lists.get(31)).toThrow(RangeError);
});

const bytesOf = (list: Uint32Array = new Uint32Array()) => new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
