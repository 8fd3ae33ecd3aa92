import { beforeEach, expect, it } from 'vitest';
import { queueMissingVectors, reindexPage, renamePage } from '../../../src/background/ingest/reindex-page';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import { storeCapture } from '../../../src/background/ingest/store-capture';
import type { JobId } from '../../../src/core/pages/job';
import type { PageId } from '../../../src/core/pages/page';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { listPages } from '../../../src/storage/pages/pages';
import { notePage } from '../../../src/storage/pages/tag-page';
import type { Library } from '../../../src/storage/schema';
import { capturedPage } from '../../support/captured-page';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

let library: Library;
let texts: string[];

/** Embeds by the length of the text, and remembers what it was sent. */
const model = {
  key: 'test model',
  name: 'test',
  embed: async (sent: readonly string[]) => {
    texts.push(...sent);
    return sent.map((text) => Float32Array.of(1, text.length, -3, 0.5));
  },
};

async function save(markdown: string, rest: Parameters<typeof capturedPage>[1] = {}): Promise<PageId> {
  const job = await storeCapture(capturedPage(markdown, rest), { library, now: () => 1, newId: () => crypto.randomUUID() });
  await jobRunner(jobRunnerTools(library, { embeddingModel: async () => model as never })).run();
  return job.pageId;
}

const tools = () => ({ library, detectLanguage: async () => undefined });
const titles = async (text: string) => {
  const { passages } = await librarySearcher(async () => library).search({ text, limit: 9 });
  return passages.map(({ pageId }) => pageId);
};
const codes = async () => (await library.getAll('vectorBlocks')).map(({ bytes }) => [...bytes.slice(-4)]);

beforeEach(async () => {
  library = await temporaryLibrary();
  texts = [];
});

it('a page made anew is found as before, once, with the vectors that it had', async () => {
  const id = await save('The keeper trimmed the wick.');
  const before = await codes();
  texts = [];
  const page = await reindexPage(id, tools());
  expect(page.embeddedWith).toEqual(['test model']);
  expect(await codes()).toEqual(before);
  expect(texts).toEqual([]);
  expect(await titles('wick')).toEqual([id]);
  expect(await library.count('passageRuns')).toBe(1);
  expect(await library.get('totals', 'library')).toMatchObject({ pages: 1, passages: 1 });
});

it('a name that was given stays when the page is saved again, and both names find it', async () => {
  const id = await save('The keeper trimmed the wick.');
  await renamePage(id, 'Zwiebel of glass', tools());
  await notePage(library, id, ' For May ');
  await save('The keeper trimmed the wick twice.', { title: 'Oil lamps, revised', capturedAt: 2_000 });
  expect(await listPages(library)).toMatchObject([
    { title: 'Zwiebel of glass', ownTitle: 'Oil lamps, revised', note: 'For May', version: 2 },
  ]);
  expect(await titles('zwiebel')).toEqual([id]);
  expect(await titles('revised')).toEqual([id]);
  expect(texts.at(-1)).toContain('Oil lamps, revised');

  await renamePage(id, '', tools());
  const [page] = await listPages(library);
  expect(page).toMatchObject({ title: 'Oil lamps, revised' });
  expect(page).not.toHaveProperty('ownTitle');
  expect(await titles('zwiebel')).toEqual([]);
});

it('vectors that are missing are queued once, those that are there are not', async () => {
  const id = await save('The keeper trimmed the wick.');
  const page = await reindexPage(id, tools());
  const job = { id: 'job' as JobId, createdAt: 1 };
  await queueMissingVectors(library, page, 'test model', job);
  expect(await library.count('jobs')).toBe(0);
  await queueMissingVectors(library, page, 'another model', job);
  await queueMissingVectors(library, page, 'another model', { ...job, id: 'job 2' as JobId });
  expect(await library.getAllKeys('jobs')).toEqual(['job']);
});
