import { expect, it } from 'vitest';
import { SegmentWriter } from '../../../src/core/lexical/segment-writer';
import type { PassageId } from '../../../src/core/pages/page';
import { mergeSegments } from '../../../src/storage/lexical/merge-segments';
import { SegmentOutput } from '../../../src/storage/lexical/segment-output';
import { addPageSegment } from '../../../src/storage/lexical/segments';
import type { Library, SegmentId } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

/** The library, with how each transaction that writes postings is made. */
function watched(library: Library): { watching: Library; asked: unknown[] } {
  const asked: unknown[] = [];
  const watching = new Proxy(library, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: [string[], string?, { durability?: string }?]) => {
        if (name === 'transaction' && given[1] === 'readwrite' && given[0].includes('postingBlocks')) asked.push(given[2]?.durability);
        return value.apply(target, given);
      };
    },
  });
  return { watching, asked };
}

/** Apart by so much that each posting takes two bytes. */
const distance = 20;

/** As many segments as are merged at once, all of one word. */
async function libraryOfSegments(postings: number): Promise<Library> {
  const library = await temporaryLibrary();
  const passages = postings * distance;
  const stores = ['segments', 'termDictionaries', 'postingBlocks', 'totals'] as const;
  const transaction = library.transaction(stores, 'readwrite');
  for (let number = 0; number < 8; number++) {
    const writer = new SegmentWriter();
    writer.add('lamp', (packer) => {
      for (let at = 0; at < postings; at++) packer.add(at * distance, 1, 0, 0);
    });
    const indexed = { parts: writer.finish(), lengths: new Array<number>(passages).fill(1) };
    addPageSegment(
      transaction as unknown as Parameters<typeof addPageSegment>[0],
      (number + 1) as SegmentId,
      (1 + number * passages) as PassageId,
      indexed,
    );
  }
  const totals = { pages: 8, passages: 8 * passages, length: 8 * passages, nextPassageId: 1 + 8 * passages, nextSegmentId: 9 };
  await transaction.objectStore('totals').put(totals, 'library');
  await transaction.done;
  return library;
}

it.each([
  ['does not wait for the disk while what it makes is small', 500, 'relaxed'],
  ['waits for the disk where a word has so many postings that they may be kept in a file of their own', 5_000, 'strict'],
])('a merge %s', async (_, postings, durability) => {
  const { watching, asked } = watched(await libraryOfSegments(postings));
  await mergeSegments(watching);
  expect((await watching.getAll('segments')).length).toBe(1);
  expect(asked).toEqual([durability]);
});

it('a part of a merge that is written before its end is waited for under the same condition', async () => {
  const { watching, asked } = watched(await temporaryLibrary());
  const target = { firstPassageId: 1 as PassageId, passageCount: 1, deadCount: 0, languages: {}, analyzerVersion: 1 };
  for (const bytes of [60_000, 70_000]) {
    const output = new SegmentOutput(watching, target);
    output.gather({ dictionary: [], blocks: [new Uint8Array(bytes), new Uint8Array(8)] });
    await output.write();
  }
  expect(asked).toEqual(['relaxed', 'strict']);
});
