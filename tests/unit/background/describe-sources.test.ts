import { describe, expect, it } from 'vitest';
import { describeSources } from '../../../src/background/answer/describe-sources';
import { readFoundPassages } from '../../../src/background/answer/read-found-passages';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import type { PageId } from '../../../src/core/pages/page';
import { chooseContext } from '../../../src/core/search/choose-context';
import type { RankedPassage } from '../../../src/core/search/search';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { readPage } from '../../../src/storage/pages/pages';
import type { Library } from '../../../src/storage/schema';
import { capturedPage } from '../../support/captured-page';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

let lastId = 0;
const newId = () => `id-${++lastId}`;

async function libraryWith(...texts: string[]): Promise<Library> {
  const library = await temporaryLibrary();
  for (const [index, text] of texts.entries()) {
    const page = capturedPage(text, { canonicalUrl: `https://lamps.example/${index}`, title: 'Lamps' });
    await receiveCapture(page, { id: 1, url: page.url }, { library, wasExpected: async () => true, now: () => ++lastId, newId });
  }
  await jobRunner(jobRunnerTools(library)).run();
  return library;
}

async function search(library: Library, text: string): Promise<readonly RankedPassage[]> {
  return (await librarySearcher(async () => library).search({ text, limit: 30 })).passages;
}

async function sourcesFor(library: Library, question: string) {
  const read = await readFoundPassages(library, await search(library, question));
  return describeSources(chooseContext(read, question, { passages: 8, budgetTokens: 4_000, foundOnly: false }));
}

const before = `## The lens\n\nThe lens of Cordouan was made by Fresnel himself. ${'It has many prisms of flawless glass. '.repeat(30)}`;
const after = `Twenty men carried the lens up the stairs, and on the last day it was lit. ${'Nobody slept in the village below. '.repeat(15)}`;
const article = `${before.trim()}\n\n${after.trim()}`;

describe('sources', () => {
  it('quote neighbours as one, exactly as the saved copy and the live page are marked', async () => {
    const library = await libraryWith(article);
    expect(await search(library, 'lens Cordouan lit')).toHaveLength(2);
    const sources = await sourcesFor(library, 'lens Cordouan lit');
    expect(sources).toHaveLength(1);
    const [{ source, text }] = sources as [(typeof sources)[0]];
    const { version } = await readPage(library, source.pageId);
    expect(version.text.slice(source.start, source.end)).toBe(text);
    expect(text).toBe(article);
    expect(source.quotation).toBe(article.replace('## ', ''));
    expect(decodeURIComponent(source.liveUrl)).toMatch(/#:~:text=The lens of Cordouan was made.*,.*in the village below\.$/);
    expect(source).not.toHaveProperty('otherPages');
  });

  it('count a page that was saved from two addresses once', async () => {
    const sources = await sourcesFor(await libraryWith(article, article), 'lens Cordouan lit');
    expect(sources.map(({ source }) => [source.number, source.url, source.otherPages])).toEqual([[1, 'https://lamps.example/0', 1]]);
  });

  it('leave out a passage whose page is gone, and number the rest without a gap', async () => {
    const library = await libraryWith('The lamp of Cordouan.', 'The lamp of Eddystone, by Smeaton.');
    const found = await search(library, 'lamp');
    await library.delete('pages', found[0]?.pageId as PageId);
    const read = await readFoundPassages(library, found);
    const sources = describeSources(chooseContext(read, 'lamp', { passages: 8, budgetTokens: 4_000, foundOnly: false }));
    expect(sources.map(({ source }) => [source.number, source.pageId])).toEqual([[1, found[1]?.pageId]]);
  });
});
