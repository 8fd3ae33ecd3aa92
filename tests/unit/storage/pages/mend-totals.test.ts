import { afterEach, expect, it } from 'vitest';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import type { PageId } from '../../../../src/core/pages/page';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { deletePage } from '../../../../src/storage/pages/index-page';
import { mendTotals } from '../../../../src/storage/pages/mend-totals';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { beaconLibrary } from '../../../support/beacon-library';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { makeUnreadable } from '../../../support/make-unreadable';
import { storedPassages } from '../../../support/stored-passages';
import { temporaryLibrary } from '../../../support/temporary-library';

let setRight = () => {};
afterEach(() => setRight());

const bestOf = async (library: Library, text: string) =>
  (await librarySearcher(async () => library).search({ text, limit: 1 })).passages[0];

const damages: Record<string, (library: Library) => unknown> = {
  gone: (library) => library.delete('totals', 'library'),
  'not to be read': () => {
    setRight = makeUnreadable('totals', 'library');
  },
  'older than the pages': async (library) => {
    const totals = await library.get('totals', 'library');
    if (totals) await library.put('totals', { ...totals, nextPassageId: 2, nextSegmentId: 2 }, 'library');
  },
};

it.each(Object.keys(damages))('writes no page over another when the totals are %s', async (kind) => {
  const library = await beaconLibrary(20);
  const before = await library.get('totals', 'library');
  // Its postings are there still.
  await deletePage(library, 'page19' as PageId);
  await damages[kind]?.(library);
  await jobRunner(jobRunnerTools(library)).run();
  const after = await library.get('totals', 'library');
  expect(after).toMatchObject({ pages: 19, passages: 19 });
  expect(after?.nextPassageId).toBeGreaterThanOrEqual(before?.nextPassageId ?? Number.POSITIVE_INFINITY);
  await addPage(library, 'new', { text: 'The lamp burns. Beaconnew.' });
  expect(await storedPassages(library)).toHaveLength(20);
  for (const page of ['page0', 'page1', 'page18', 'new']) {
    expect((await bestOf(library, page.replace('page', 'beacon').replace('new', 'beaconnew')))?.pageId).toBe(page);
  }
  expect((await bestOf(library, 'beacon19'))?.wordCoverage ?? 0).toBeLessThan(1);
});

it('leaves the totals of a sound library as they are, and of an empty one', async () => {
  const library = await beaconLibrary(3);
  const before = await library.get('totals', 'library');
  await mendTotals(library);
  expect(await library.get('totals', 'library')).toEqual(before);
  const empty = await temporaryLibrary();
  await mendTotals(empty);
  expect(await empty.get('totals', 'library')).toBeUndefined();
});

it('has the queue touch nothing while the totals are gone and the library cannot be counted anew', async () => {
  const library = await beaconLibrary(5);
  await library.put('deletions', { pageId: 'page4' as PageId, deleteAt: 5 });
  await library.delete('totals', 'library');
  setRight = makeUnreadable('indexedPages', 'page1');
  const jobs = jobRunner(jobRunnerTools(library));
  await expect(jobs.run()).rejects.toThrow('Failed to read');
  expect(await library.count('pages')).toBe(5);
  expect(await library.get('totals', 'library')).toBeUndefined();
  setRight();
  await jobs.run();
  expect(await library.get('totals', 'library')).toMatchObject({ pages: 4, passages: 4, nextPassageId: 6 });
});
