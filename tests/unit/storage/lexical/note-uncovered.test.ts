import { expect, it } from 'vitest';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import type { PageId } from '../../../../src/core/pages/page';
import { mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { noteUncovered } from '../../../../src/storage/lexical/note-uncovered';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { deletePage } from '../../../../src/storage/pages/index-page';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { temporaryLibrary } from '../../../support/temporary-library';

/** With a page of which no passage has a word, and the place of one that was deleted. */
async function libraryOf(pages: number): Promise<Library> {
  const library = await temporaryLibrary();
  for (let page = 0; page < pages; page++) {
    await addPage(library, `page${page}`, { text: `The lamp burns. ${'Oil and wick. '.repeat(page * 3)}Beacon${page}.` });
    if (page === 1) await addPage(library, 'pictures', { text: '😀 … !?' });
    if (page === 2) await addPage(library, 'gone', { text: 'The lamp went out.' });
  }
  await deletePage(library, 'gone' as PageId);
  await mergeSegments(library);
  return library;
}

async function searching(library: Library) {
  const { passages, passagesNotSearched = 0 } = await librarySearcher(async () => library).search({ text: 'lamp beacon3', limit: 100 });
  return { found: passages.map(({ passageId, score }) => [passageId, score.toFixed(6)]), passagesNotSearched };
}

it.each([
  ['first', 0, 1],
  ['one in the middle, with the page without words beside it', 2, 2],
  ['last', 4, 1],
])(
  'what a segment held of which nothing is known any more is said not to be searched, and made anew from the text: the %s',
  async (_, page, passagesNotSearched) => {
    const library = await libraryOf(5);
    const before = await searching(library);
    expect(before.found).toHaveLength(5);
    const first = (await library.get('indexedPages', `page${page}` as PageId))?.firstPassageId;
    const lost = (await library.getAll('segments')).find(({ firstPassageId }) => firstPassageId === first);
    expect(lost?.passageCount).toBe(1);
    if (lost) await library.delete('segments', lost.id);
    await noteUncovered(library);
    expect(await searching(library)).toMatchObject({ passagesNotSearched });
    await jobRunner(jobRunnerTools(library)).run();
    expect(await searching(library)).toEqual(before);
    const ids = await library.getAllKeys('segments');
    expect((await library.getAllKeys('postingBlocks')).filter(([id]) => !ids.includes(id))).toEqual([]);
  },
);

it('changes nothing where all is well, and tries but once what has no text any more', async () => {
  const library = await libraryOf(5);
  const segments = await library.getAll('segments');
  await noteUncovered(library);
  expect(await library.getAll('segments')).toEqual(segments);
  const [first] = segments;
  if (first) await library.delete('segments', first.id);
  await library.delete('versions', ['page0' as PageId, 1]);
  for (let turn = 0; turn < 2; turn++) {
    await jobRunner(jobRunnerTools(library)).run();
    expect((await searching(library)).found).toHaveLength(4);
  }
  // What is lost later of another place is made anew all the same.
  const last = (await library.getAll('segments')).at(-1);
  if (last) await library.delete('segments', last.id);
  await jobRunner(jobRunnerTools(library)).run();
  expect((await searching(library)).found).toHaveLength(4);
});

it('makes pages anew that begin and end with passages without words', async () => {
  const library = await temporaryLibrary();
  const pictures = '😀 … !? '.repeat(400);
  await addPage(library, 'page0', { text: `${pictures}\n\n${'The lamp burns oil. '.repeat(90)}\n\n${pictures}` });
  const before = await searching(library);
  expect(before.found.length).toBeGreaterThan(0);
  await library.clear('segments');
  await jobRunner(jobRunnerTools(library)).run();
  expect(await searching(library)).toEqual(before);
});
