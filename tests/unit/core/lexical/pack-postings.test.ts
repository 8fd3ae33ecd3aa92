import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../../src/core/bytes/byte-stream';
import { PostingsPacker, unpackPostings } from '../../../../src/core/lexical/pack-postings';

interface Posting {
  readonly passage: number;
  readonly body: number;
  readonly heading: number;
  readonly title: number;
}

const count = fc.integer({ min: 0, max: 255 });
const postings = fc
  .uniqueArray(fc.record({ passage: fc.integer({ min: 0, max: 2 ** 40 }), body: count, heading: count, title: count }), {
    selector: (posting) => posting.passage,
  })
  .map((list): Posting[] => list.sort((a, b) => a.passage - b.passage));

function packed(list: readonly Posting[]): Uint8Array {
  const writer = new ByteWriter();
  const packer = new PostingsPacker(writer);
  for (const { passage, body, heading, title } of list) packer.add(passage, body, heading, title);
  return writer.finish();
}

it('packed postings unpack to the same', () => {
  fc.assert(
    fc.property(postings, (list) => {
      const unpacked: Posting[] = [];
      unpackPostings(new ByteReader(packed(list)), (passage, body, heading, title) => unpacked.push({ passage, body, heading, title }));
      expect(unpacked).toEqual(list);
    }),
  );
});

it('postings copied behind others are what packing them all would have given', () => {
  fc.assert(
    fc.property(fc.array(postings, { maxLength: 4 }), (lists) => {
      const copied = new PostingsPacker(new ByteWriter());
      const all: Posting[] = [];
      let from = 0;
      for (const list of lists) {
        copied.copy(new ByteReader(packed(list)), from);
        for (const posting of list) all.push({ ...posting, passage: from + posting.passage });
        from += 1 + (list.at(-1)?.passage ?? 0);
      }
      expect(copied.count).toBe(all.length);
      expect(copied.writer.finish()).toEqual(packed(all));
    }),
  );
});

it('copying notices bytes that are cut short', () => {
  const bytes = packed([{ passage: 70_000, body: 3, heading: 1, title: 0 }]);
  const copy = (length: number) => new PostingsPacker(new ByteWriter()).copy(new ByteReader(bytes.slice(0, length)), 0);
  for (let length = 1; length < bytes.length; length++) expect(() => copy(length)).toThrow(RangeError);
});

it('bytes that are cut short are noticed', () => {
  const bytes = packed([{ passage: 70_000, body: 3, heading: 1, title: 0 }]);
  expect(() => unpackPostings(new ByteReader(bytes.slice(0, -1)), () => {})).toThrow(RangeError);
});

it('most postings take two bytes', () => {
  const list = Array.from({ length: 1_000 }, (_, index) => ({ passage: index * 20, body: 1, heading: 0, title: 0 }));
  expect(packed(list).length).toBeLessThan(2.01 * list.length);
});
