import { beforeEach, expect, it } from 'vitest';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import { storeCapture } from '../../../../src/background/ingest/store-capture';
import type { PageId } from '../../../../src/core/pages/page';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import {
  endDeletion,
  findShownPage,
  listPendingDeletions,
  markDeleted,
  nextDeletedPage,
  nextDeletionStart,
  takeBackDeletion,
} from '../../../../src/storage/pages/deletions';
import { deletePage } from '../../../../src/storage/pages/index-page';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { capturedPage } from '../../../support/captured-page';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { temporaryLibrary } from '../../../support/temporary-library';

let library: Library;
const ids = (...names: string[]) => names as PageId[];

beforeEach(async () => {
  library = await temporaryLibrary();
  for (const name of ['oil', 'gas', 'wax']) await addPage(library, name, { text: `The keeper filled the ${name} lamp.`, title: name });
});

async function found(): Promise<string[]> {
  const { passages, pagesSearched } = await librarySearcher(async () => library).search({ text: 'keeper lamp', limit: 9 });
  expect(pagesSearched).toBe(passages.length);
  return passages.map(({ pageId }) => pageId).sort();
}

it('hide pages from search at once, and show them again when they are taken back', async () => {
  await markDeleted(library, ids('gas', 'wax', 'unknown'), 5_000);
  expect(await found()).toEqual(['oil']);
  expect(await listPendingDeletions(library, 4_000)).toEqual([{ deleteAt: 5_000, pages: 2 }]);
  expect(await takeBackDeletion(library, 5_000)).toBe(true);
  expect(await found()).toEqual(['gas', 'oil', 'wax']);
  expect(await takeBackDeletion(library, 5_000)).toBe(false);
});

it('are done by the queue when their time is over, and not before', async () => {
  let now = 4_999;
  const wokenAt: unknown[] = [];
  const runner = jobRunner(jobRunnerTools(library, { now: () => now, wakeAt: (time) => wokenAt.push(time) }));
  await markDeleted(library, ids('gas'), 5_000);
  await markDeleted(library, ids('gas', 'wax'), 6_000);
  await runner.run();
  expect(await library.count('pages')).toBe(3);
  expect(wokenAt.at(-1)).toBe(5_000);
  now = 5_000;
  await runner.run();
  expect((await library.getAllKeys('pages')).sort()).toEqual(['oil', 'wax']);
  expect(await library.count('versions')).toBe(2);
  expect(await nextDeletionStart(library)).toBe(6_000);
  await endDeletion(library, 6_000, now);
  expect(await nextDeletedPage(library, now)).toBe('wax');
  await runner.run();
  expect(await library.getAllKeys('pages')).toEqual(['oil']);
  expect(await library.count('deletions')).toBe(0);
});

it('are taken back by saving the page again', async () => {
  await markDeleted(library, ids('oil'), 5_000);
  const capture = capturedPage('The keeper filled the oil lamp twice.', { canonicalUrl: 'https://lamps.example/oil' });
  await storeCapture(capture, { library, now: () => 1, newId: () => 'new' });
  await jobRunner(jobRunnerTools(library)).run();
  expect(await found()).toEqual(['gas', 'oil', 'wax']);
});

it('never show a page again, at whatever moment of its end it is asked for', async () => {
  const address = 'https://lamps.example/oil';
  expect((await findShownPage(library, address))?.id).toBe('oil');
  await markDeleted(library, ids('oil'), 5_000);
  const shown: unknown[] = [];
  let isOver = false;
  const ask = async () => {
    while (!isOver) shown.push(await findShownPage(library, address));
  };
  await Promise.all([ask(), ask(), ask(), deletePage(library, 'oil' as PageId).then(() => (isOver = true))]);
  expect(shown.length).toBeGreaterThan(3);
  expect(shown).toEqual(shown.map(() => undefined));
});
