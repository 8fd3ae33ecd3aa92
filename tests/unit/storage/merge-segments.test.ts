import { expect, it } from 'vitest';
import { mergeSegments } from '../../../src/storage/merge-segments';
import type { Library, SegmentId } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

it('clears away what a merge that was cut off has left', async () => {
  const library: Library = await temporaryLibrary();
  const id = 7 as SegmentId;
  await library.put('segments', { id, level: 1, firstPassageId: 1, passageCount: 5, deadCount: 0, buckets: 2, bytes: 9, unfinished: true });
  await library.put('termTables', new Uint8Array(9), [id, 1]);
  await mergeSegments(library);
  expect(await library.count('segments')).toBe(0);
  expect(await library.count('termTables')).toBe(0);
});
