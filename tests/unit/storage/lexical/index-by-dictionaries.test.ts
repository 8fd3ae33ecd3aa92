import { expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { splitPassages } from '../../../../src/core/pages/split-passages';
import { mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { openLibrary } from '../../../../src/storage/open-library';
import { deletePage } from '../../../../src/storage/pages/index-page';
import type { Library } from '../../../../src/storage/schema';
import { firstLibrary } from '../../../support/first-library';
import { storedPassages } from '../../../support/stored-passages';

const pages = [
  { id: 'de', language: 'de-CH', title: 'Am Hafen', text: 'Die Häuser stehen am Hafen.\n\nDer Leuchtturm steht allein.' },
  { id: 'en', language: undefined, title: 'Lamps', text: 'The keeper trimmed the wicks.' },
  { id: 'gone', language: 'en', title: 'Old', text: 'A page that will be deleted, with its wicks.' },
];

/** A library as version 1 left it: two pages merged into one segment, one by itself, one merge cut off. */
async function openUpgraded(): Promise<Library> {
  await firstLibrary(async (first) => {
    const lengths = new Uint16Array(4_096);
    let nextId = 1;
    for (const { id, title, text, language } of pages) {
      const spans = splitPassages(text);
      const url = `https://${id}.example/`;
      const page = { id, canonicalUrl: url, url, addresses: [url], title, site: id, savedAt: 1, capturedAt: 1, version: 1, shareRead: 1 };
      await first.put('pages', { ...page, passageCount: spans.length, ...(language ? { language } : {}) });
      await first.put('versions', { pageId: id, version: 1, text, contentHash: id, capturedAt: 1 });
      await first.put('indexedPages', {
        pageId: id,
        firstPassageId: nextId,
        passageCount: spans.length,
        totalLength: 5 * spans.length,
        analyzerVersion: 1,
        vectorSlabs: [],
      });
      for (const span of spans) {
        lengths[nextId] = 5;
        await first.put('passages', { id: nextId++, pageId: id, version: 1, ...span });
      }
    }
    await first.put('lengths', { lengths }, 0);
    const last = nextId - 1;
    const segment = { level: 1, deadCount: 0, buckets: 1, bytes: 3 };
    await first.put('segments', { ...segment, id: 1, firstPassageId: 1, passageCount: last - 1 });
    await first.put('segments', { ...segment, id: 2, level: 0, firstPassageId: last, passageCount: 1 });
    await first.put('segments', { ...segment, id: 3, firstPassageId: 1, passageCount: last, unfinished: true });
    for (const id of [1, 2, 3]) await first.put('termTables', new Uint8Array(3), [id, 0]);
    await first.put(
      'totals',
      { pages: pages.length, passages: last, length: 5 * last, nextPassageId: nextId, nextSegmentId: 4 },
      'library',
    );
  });
  return openLibrary();
}

it('a library of the first version says that its pages are not searched yet, and finds them by their words once they are indexed anew', async () => {
  const library = await openUpgraded();
  expect([...library.objectStoreNames]).not.toContain('termTables');
  const search = (text: string) => librarySearcher(async () => library).search({ text, limit: 10 });
  const passages = (await storedPassages(library)).length;
  expect(await search('wick')).toEqual({ pagesSearched: 3, listRevision: 0, passagesNotSearched: passages, passages: [] });

  await mergeSegments(library);
  const found = await search('wick');
  expect(found.passagesNotSearched).toBeUndefined();
  expect(found.passages.map(({ pageId }) => pageId).sort()).toEqual(['en', 'gone']);
  // By the rules of the language that the page claims.
  const [german] = (await search('haus')).passages;
  expect(german?.pageId).toBe('de');
  expect(german?.wordCoverage).toBeCloseTo(1);
  expect((await library.getAll('segments')).map(({ id }) => id).every((id) => id >= 4)).toBe(true);
});

it('a page of a first library can be deleted before it is indexed anew', async () => {
  const library = await openUpgraded();
  await deletePage(library, 'gone' as PageId);
  await mergeSegments(library);
  const { passages, pagesSearched, passagesNotSearched } = await librarySearcher(async () => library).search({ text: 'wick', limit: 10 });
  expect(passages.map(({ pageId }) => pageId)).toEqual(['en']);
  expect({ pagesSearched, passagesNotSearched }).toEqual({ pagesSearched: 2, passagesNotSearched: undefined });
});
