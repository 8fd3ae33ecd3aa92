import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Posting, packPostings, unpackPostings } from '../../../src/core/pack-postings';
import type { PassageId } from '../../../src/core/page';

const count = fc.integer({ min: 0, max: 255 });
const postings = fc
  .uniqueArray(fc.record({ passageId: fc.integer({ min: 1, max: 2 ** 40 }), body: count, heading: count, title: count }), {
    selector: (posting) => posting.passageId,
  })
  .map((list) => list.sort((a, b) => a.passageId - b.passageId) as unknown as Posting[]);

it('packed postings unpack to the same', () => {
  fc.assert(
    fc.property(postings, (list) => {
      const unpacked: Posting[] = [];
      unpackPostings(packPostings(list), (passageId, body, heading, title) => unpacked.push({ passageId, body, heading, title }));
      expect(unpacked).toEqual(list);
    }),
  );
});

it('bytes that are cut short are noticed', () => {
  const bytes = packPostings([{ passageId: 70_000 as PassageId, body: 3, heading: 1, title: 0 }]);
  expect(() => unpackPostings(bytes.slice(0, -1), () => {})).toThrow(RangeError);
});
