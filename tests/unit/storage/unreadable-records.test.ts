import { afterEach, expect, it } from 'vitest';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import { normalizeVector } from '../../../src/core/vectors/quantize-vector';
import { mergeSegments } from '../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { deletePage } from '../../../src/storage/pages/index-page';
import { readScopeEntries } from '../../../src/storage/pages/scope-slabs';
import { type Library, type SegmentId, vectorStores, type WriteTransaction } from '../../../src/storage/schema';
import { searchVectors } from '../../../src/storage/vectors/search-vectors';
import { VectorCache } from '../../../src/storage/vectors/vector-cache';
import { appendVectors } from '../../../src/storage/vectors/vector-slabs';
import { addPage } from '../../support/add-page';
import { beaconLibrary } from '../../support/beacon-library';
import { makeUnreadable } from '../../support/make-unreadable';
import { temporaryLibrary } from '../../support/temporary-library';
import { gaussians } from '../../support/vectors';

let setRight = () => {};
afterEach(() => setRight());

/** As a worker just started finds it. */
const search = (library: Library) => librarySearcher(async () => library).search({ text: 'lamp', limit: 50 });

it.each(['termDictionaries', 'postingBlocks'] as const)(
  'a part of the index in %s that cannot be read is passed over, and made anew',
  async (store) => {
    const library = await beaconLibrary(3);
    const [, segment] = await library.getAll('segments');
    setRight = makeUnreadable(store, [segment?.id as SegmentId, 0]);
    const found = await search(library);
    expect(found.passages.map(({ pageId }) => pageId).toSorted()).toEqual(['page0', 'page2']);
    expect(found.passagesNotSearched).toBe(1);
    await mergeSegments(library);
    const mended = await search(library);
    expect(mended.passages).toHaveLength(3);
    expect(mended.passagesNotSearched).toBeUndefined();
  },
);

it.each(['termDictionaries', 'postingBlocks'] as const)(
  'a merge that cannot read a part in %s makes it anew and goes on',
  async (store) => {
    const library = await beaconLibrary(12);
    const [, segment] = await library.getAll('segments');
    setRight = makeUnreadable(store, [segment?.id as SegmentId, 0]);
    await mergeSegments(library);
    const { passages, passagesNotSearched } = await search(library);
    expect(passages).toHaveLength(12);
    expect(passagesNotSearched).toBeUndefined();
  },
);

it('a page whose text cannot be read costs no other its place when a part of the index is made anew', async () => {
  const library = await beaconLibrary(3);
  for (const segment of await library.getAll('segments')) await library.put('segments', { ...segment, damaged: true });
  setRight = makeUnreadable('versions', ['page1', 1]);
  await mergeSegments(library);
  const { passages } = await search(library);
  expect(passages.map(({ pageId }) => pageId).toSorted()).toEqual(['page0', 'page2']);
});

it('what lists and scopes go by is made anew from the pages where it cannot be read, so that pages are listed, searched, saved and deleted', async () => {
  const library = await beaconLibrary(4);
  setRight = makeUnreadable('scopeSlabs', 0);
  const scope = { sites: ['lamps.example'] };
  const { passages } = await librarySearcher(async () => library).search({ text: 'lamp', limit: 50, scope });
  expect(passages.map(({ pageId }) => pageId).toSorted()).toEqual(['page0', 'page1', 'page2', 'page3']);
  await addPage(library, 'new', { text: 'The lamp burns.' });
  await deletePage(library, 'page1' as PageId);
  expect((await readScopeEntries(library)).map(({ id, passageCount }) => [id, passageCount])).toEqual([
    ['page0', 1],
    ['page2', 1],
    ['page3', 1],
    ['new', 1],
  ]);
});

const modelKey = 'model';
const perPage = 20;

/** More vectors than a slab holds, with the pages that they are of. */
async function libraryOfVectors() {
  const library = await temporaryLibrary();
  const random = gaussians(6);
  const transaction = library.transaction([...vectorStores, 'pages', 'indexedPages'] as const, 'readwrite');
  for (let page = 0; page < 60; page++) {
    const pageId = `page ${page}` as PageId;
    const firstPassageId = (page * perPage + 1) as PassageId;
    const vectors = Array.from({ length: perPage }, () => random(40));
    const blocks = await appendVectors(transaction as unknown as WriteTransaction, modelKey, firstPassageId, vectors);
    const url = `https://lamps.example/${page}`;
    const described = {
      canonicalUrl: url,
      url,
      addresses: [url],
      title: '',
      site: '',
      savedAt: 0,
      capturedAt: 0,
      version: 1,
      shareRead: 1,
    };
    void transaction.objectStore('pages').put({ id: pageId, ...described, passageCount: perPage, embeddedWith: [modelKey] });
    const vectorBlocks = blocks.map((block) => ({ modelKey, block }));
    void transaction.objectStore('indexedPages').put({ pageId, firstPassageId, passageCount: perPage, totalLength: 0, vectorBlocks });
  }
  await transaction.done;
  return { library, query: normalizeVector(random(40)) };
}

async function comparing(library: Library, query: Float32Array) {
  let notCompared = 0;
  const options = { limit: 2_000, cache: new VectorCache(), notCompared: (passages: number) => (notCompared += passages) };
  return { found: await searchVectors(library, modelKey, query, options), notCompared: () => notCompared };
}

it('signs of vectors that cannot be read are taken anew', async () => {
  const { library, query } = await libraryOfVectors();
  const before = (await comparing(library, query)).found;
  const signs = await library.get('vectorSigns', [modelKey, 0]);
  setRight = makeUnreadable('vectorSigns', [modelKey, 0]);
  expect((await comparing(library, query)).found).toEqual(before);
  expect(await library.get('vectorSigns', [modelKey, 0])).toEqual(signs);
});

it.each([
  ['full', 1],
  ['last', 140],
])('a block of vectors in a %s slab that cannot be read is left out and goes, and its pages come up for it again', async (_, number) => {
  const { library, query } = await libraryOfVectors();
  const block = await library.get('vectorBlocks', [modelKey, number]);
  expect(block).toBeDefined();
  setRight = makeUnreadable('vectorBlocks', [modelKey, number]);
  const { found, notCompared } = await comparing(library, query);
  expect(found).toHaveLength(1_200 - 8);
  expect(notCompared()).toBe(8);
  expect(await library.get('vectorBlocks', [modelKey, number])).toBeUndefined();
  expect((await library.getAll('pages')).filter(({ embeddedWith }) => !embeddedWith).length).toBeGreaterThan(0);
  expect((await comparing(library, query)).notCompared()).toBe(0);
});
