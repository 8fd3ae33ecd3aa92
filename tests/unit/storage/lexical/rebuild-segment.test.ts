import { expect, it } from 'vitest';
import { mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { markDamaged } from '../../../../src/storage/lexical/segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { temporaryLibrary } from '../../../support/temporary-library';

const searching = (library: Library) => {
  const searcher = librarySearcher(async () => library);
  return async (text = 'lamp') =>
    (await searcher.search({ text, limit: 50 })).passages.map(({ passageId, score }) => ({ passageId, score }));
};

it('has searches go by the lengths that were counted anew, though nothing was added', async () => {
  const library = await temporaryLibrary();
  for (let page = 0; page < 3; page++)
    await addPage(library, `page${page}`, { text: `The lamp burns. ${'Oil and wick. '.repeat(page * 8)}` });
  // As other rules have counted them.
  const [slab] = await library.getAll('lengths');
  if (slab) await library.put('lengths', { lengths: slab.lengths.map((length) => (length > 0 ? 5 : 0)) }, 0);
  const search = searching(library);
  const before = await search();
  for (const { id } of await library.getAll('segments')) await markDamaged(library, id);
  await mergeSegments(library);
  const after = await search();
  expect(after).toEqual(await searching(library)());
  expect(after).not.toEqual(before);
});
