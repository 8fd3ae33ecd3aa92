import { expect, it, vi } from 'vitest';
import { indexPassages } from '../../../src/core/lexical/index-passages';
import type { JobId } from '../../../src/core/pages/job';
import type { PageId } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import { openLibrary } from '../../../src/storage/open-library';
import { commitPage, type PageCommit } from '../../../src/storage/pages/index-page';
import type { Library, ScopeSlab } from '../../../src/storage/schema';
import { packIndex } from '../../../src/storage/vectors/stored-index';
import { slabSize } from '../../../src/storage/vectors/vector-records';
import { temporaryLibrary } from '../../support/temporary-library';

function pageOf(name: string, text = 'The lamp of the lighthouse burns oil.'): PageCommit {
  const url = `https://lamps.example/${name}`;
  const spans = splitPassages(text, 'en');
  const capture = { canonicalUrl: url, url, addresses: [url], title: 'Lamps', site: 'lamps.example', savedAt: 1, capturedAt: 1 };
  return {
    page: { id: name as PageId, ...capture, version: 1, passageCount: spans.length, shareRead: 1 },
    version: { pageId: name as PageId, version: 1, text, contentHash: name, capturedAt: 1 },
    spans,
    indexed: () => indexPassages(text, 'Lamps', spans, 'en'),
  };
}

/** How the transactions were made in which these pages were committed; one that was taken back is among them. */
async function durabilitiesOf(library: Library, ...commits: readonly PageCommit[]): Promise<string[]> {
  const asked: string[] = [];
  for (const commit of commits) {
    await commitPage(library, commit, async (transaction) => {
      asked.push(transaction.durability);
      return true;
    });
  }
  return asked;
}

const ingested = (name: string, text?: string): PageCommit => ({ ...pageOf(name, text), canBeDoneAgain: true });

it('waits until a page is on the disk, unless what it is made of lies there and it can be done again', async () => {
  const library = await temporaryLibrary();
  expect(await durabilitiesOf(library, pageOf('restored'), ingested('ingested'))).toEqual(['strict', 'relaxed']);
  expect((await library.getAllKeys('pages')).toSorted()).toEqual(['ingested', 'restored']);
});

it('waits for a page whose text may be kept in a file of its own, which is synced only then', async () => {
  const library = await temporaryLibrary();
  const sentence = 'The lamp burns oil. ';
  const usual = sentence.repeat(28_000 / sentence.length);
  const long = sentence.repeat(33_000 / sentence.length);
  const asked = await durabilitiesOf(library, ingested('usual', usual), ingested('long', long), ingested('curly', `${long}“Oil.”`));
  expect(asked).toEqual(['relaxed', 'strict', 'strict']);
  expect((await library.get('versions', ['long' as PageId, 1]))?.text).toBe(long);
});

it('takes a commit back and waits for it where what it adds to has become too large, and writes it once', async () => {
  const library = await temporaryLibrary();
  await durabilitiesOf(library, ingested('first'));
  const [slab] = await library.getAll('scopeSlabs');
  await library.put('scopeSlabs', { ...(slab as ScopeSlab), titles: ['Lamp'.repeat(9_000)] }, 0);
  expect(await durabilitiesOf(library, ingested('second'))).toEqual(['relaxed', 'strict']);
  expect(await library.get('totals', 'library')).toMatchObject({ pages: 2, passages: 2 });
  expect((await library.getAll('segments')).map(({ firstPassageId }) => firstPassageId)).toEqual([1, 2]);
});

it('commits a page once, and does not wait for the disk, also where a million vectors are there already', async () => {
  const library = await temporaryLibrary();
  const dimensions = 1_536;
  const count = slabSize(dimensions);
  const slabs = Array.from({ length: Math.ceil(1_000_000 / count) }, (_, number) => {
    return { number, dimensions, count, alive: count, isSealed: true, revision: 1_000_000 + number };
  });
  const index = { generation: 'first', revision: 3_000_000, slabs, centre: new Float32Array(dimensions) };
  await library.put('vectorIndexes', packIndex(index), 'model');
  const vectors = { modelKey: 'model', vectors: [new Float32Array(dimensions).fill(dimensions ** -0.5)] };
  expect(await durabilitiesOf(library, { ...ingested('one more'), vectors })).toEqual(['relaxed']);
});

it('finds the words of a page once, also where its commit is taken back and made again', async () => {
  const library = await temporaryLibrary();
  const page = ingested('second');
  let times = 0;
  const indexed = () => {
    times += 1;
    return page.indexed();
  };
  await durabilitiesOf(library, ingested('first'));
  const [slab] = await library.getAll('scopeSlabs');
  await library.put('scopeSlabs', { ...(slab as ScopeSlab), titles: ['Lamp'.repeat(9_000)] }, 0);
  expect(await durabilitiesOf(library, { ...page, indexed })).toEqual(['relaxed', 'strict']);
  expect(times).toBe(1);
});

it('leaves nothing of a page whose words cannot be found, and says why', async () => {
  const library = await temporaryLibrary();
  const indexed = () => {
    throw new Error('No words');
  };
  await expect(durabilitiesOf(library, { ...ingested('wordless'), indexed })).rejects.toThrow('No words');
  await durabilitiesOf(library, ingested('next'));
  expect(await library.getAllKeys('versions')).toEqual([['next', 1]]);
  expect(await library.get('totals', 'library')).toMatchObject({ pages: 1, passages: 1 });
});

it.each([{}, { canBeDoneAgain: true as const }])(
  'leaves nothing of a page that cannot be put beside another, and says why',
  async (how) => {
    const library = await temporaryLibrary();
    const { page, ...rest } = pageOf('first');
    await durabilitiesOf(library, { page, ...rest });
    const other = pageOf('other');
    // Two pages have no address in common.
    const commit = { ...other, page: { ...other.page, canonicalUrl: page.canonicalUrl }, ...how };
    await expect(durabilitiesOf(library, commit)).rejects.toThrow(expect.objectContaining({ name: 'ConstraintError' }));
    expect(await library.getAllKeys('versions')).toEqual([['first', 1]]);
    expect(await library.get('totals', 'library')).toMatchObject({ pages: 1, nextPassageId: 2 });
  },
);

/** How many records are asked for when others were answered already. */
async function askedLate(work: () => Promise<unknown>): Promise<number> {
  const { get } = IDBObjectStore.prototype;
  let answered = 0;
  let late = 0;
  const watched = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    const request = get.call(this, key);
    request.addEventListener('success', () => {
      answered += 1;
    });
    if (answered > 0) late += 1;
    return request;
  });
  await work();
  watched.mockRestore();
  return late;
}

it('asks at once for all that it has to know, but for the first page: where that is put is not foreseen', async () => {
  const library = await temporaryLibrary();
  const dimensions = 64;
  const vectors = { modelKey: 'model', vectors: [new Float32Array(dimensions).fill(dimensions ** -0.5)] };
  const commit = (name: string) => () =>
    commitPage(library, { ...ingested(name), vectors, wantedAtEnd: [['jobs', name]] }, async (transaction) => {
      return (await transaction.objectStore('jobs').get(name as JobId)) === undefined;
    });
  const late = [await askedLate(commit('first')), await askedLate(commit('second')), await askedLate(commit('third'))];
  // The lengths, and what lists go by.
  expect(late).toEqual([2, 0, 0]);
});

it('puts a page behind those that another connection has saved meanwhile', async () => {
  const library = await temporaryLibrary();
  const other = await openLibrary();
  const span = { start: 0, end: 8, headingPath: [] };
  const spans = Array.from({ length: 5_000 }, () => span);
  const long = { ...ingested('long'), spans, indexed: () => indexPassages('The lamp', 'Lamps', spans, 'en') };
  await durabilitiesOf(library, ingested('first'));
  await durabilitiesOf(other, long);
  await durabilitiesOf(library, ingested('last'));
  expect((await library.getAll('scopeSlabs')).map(({ pageIds }) => pageIds)).toEqual([['first', 'long'], ['last']]);
  expect((await library.getAll('lengths')).map(({ lengths }) => lengths.filter(Boolean).length)).toEqual([4_095, 907]);
  expect((await library.get('indexedPages', 'last' as PageId))?.firstPassageId).toBe(5_002);
});
