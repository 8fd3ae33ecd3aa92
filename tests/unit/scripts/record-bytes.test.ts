import { Serializer } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { recordBytes } from '../../../scripts/harness/record-bytes';

/** What V8 itself makes of a value, without any header. */
function serializedBytes(value: unknown): number {
  const serializer = new Serializer();
  serializer.writeValue(value);
  return serializer.releaseBuffer().length;
}

/**
 * An object by its fields. V8 may hold the whole number of an ordinary object as a fraction, because another of its shape has had one there, and then writes it as
 * one; not so in an object without a prototype.
 */
function record(...fields: readonly (readonly [string, unknown])[]): unknown {
  const made = Object.create(null);
  for (const [name, value] of fields) made[name] = value;
  return made;
}

const bytesWithoutHeader = (value: unknown) => recordBytes(value) - recordBytes(null) + 1;

describe('recordBytes', () => {
  it.each([
    ['a small number', 7],
    ['a large whole number', 1_763_000_000_000],
    ['a fraction', 0.5],
    ['a negative number', -1_234],
    ['a word', 'commonplace'],
    ['a list', [1, 2, 300, 'four']],
    [
      'a record',
      record(
        ['id', 12],
        ['title', 'A page'],
        ['isOld', true],
        ['nothing', null],
        ['path', ['One', 'Two']],
        ['inner', record(['end', 70_000])],
      ),
    ],
    ['bytes', new Uint8Array(5_000)],
    ['a record of vectors', record(['dimensions', 1_536], ['count', 8], ['bytes', new Uint8Array(12_352)], ['checksum', 3_405_691_582])],
    ['floats', record(['lengths', new Uint16Array(4_096)], ['factors', new Float32Array(3)], ['times', new Float64Array(2)])],
  ])('counts what V8 writes for %s', (_, value) => {
    expect(bytesWithoutHeader(value)).toBe(serializedBytes(value));
  });

  it('counts two bytes a letter where one of them is beyond Latin-1', () => {
    // V8 may add a byte so that such text begins at an even place.
    const text = 'さくら の 木'.repeat(40);
    expect(Math.abs(bytesWithoutHeader(text) - serializedBytes(text))).toBeLessThanOrEqual(1);
  });
});
