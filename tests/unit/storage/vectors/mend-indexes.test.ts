import { afterEach, expect, it } from 'vitest';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import type { PageId } from '../../../../src/core/pages/page';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { commitVectors, deletePage } from '../../../../src/storage/pages/index-page';
import { type Library, type StoredVectorIndex, vectorStores } from '../../../../src/storage/schema';
import { beginIndexes, mendNextIndex } from '../../../../src/storage/vectors/mend-indexes';
import { mendVectors } from '../../../../src/storage/vectors/mend-vectors';
import { searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { readIndex } from '../../../../src/storage/vectors/stored-index';
import { VectorCache } from '../../../../src/storage/vectors/vector-cache';
import { discardModel, readVectorModels } from '../../../../src/storage/vectors/vector-models';
import { dropModel } from '../../../../src/storage/vectors/vector-slabs';
import { addPage } from '../../../support/add-page';
import { dyingLibrary } from '../../../support/dying-library';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { makeUnreadable } from '../../../support/make-unreadable';
import { scanVectors } from '../../../support/stored-vectors';
import { temporaryLibrary } from '../../../support/temporary-library';
import { gaussians } from '../../../support/vectors';

let setRight = () => {};
afterEach(() => setRight());

const modelKey = 'model';
const dimensions = 20;
const passagesPerPage = 30;
const random = gaussians(5);
const query = normalizeVector(random(dimensions));

/** Each paragraph is a passage. */
const textOf = (page: string) =>
  Array.from({ length: passagesPerPage }, (_, at) => `${page} lamp ${at}. ${`Oil burns ${at} hours. `.repeat(60)}`).join('\n\n');

async function addPageWithVectors(library: Library, name: string): Promise<void> {
  const pageId = await addPage(library, name, { text: textOf(name) });
  const passageCount = (await library.get('indexedPages', pageId))?.passageCount ?? 0;
  const vectors = Array.from({ length: passageCount }, () => random(dimensions));
  await commitVectors(library, pageId, 1, { modelKey, vectors }, async () => true);
}

/** More vectors than a slab holds. */
async function libraryOfVectors(pages = 40): Promise<Library> {
  const library = await temporaryLibrary();
  for (let page = 0; page < pages; page++) await addPageWithVectors(library, `page${page}`);
  return library;
}

const mend = async (library: Library) => {
  await beginIndexes(library);
  while (await mendNextIndex(library));
};
const indexOf = (library: Library) => readIndex(library.transaction(vectorStores), modelKey);
const embeddedPages = (library: Library) => library.countFromIndex('pages', 'byModel', modelKey);

/** By vectors, as a worker just started does. */
async function compare(library: Library) {
  let notCompared = 0;
  const options = { limit: 5_000, cache: new VectorCache(), notCompared: (passages: number) => (notCompared += passages) };
  const found = await searchVectors(library, modelKey, query, options);
  return { found, notCompared };
}

async function search(library: Library) {
  let wasTold = false;
  const searcher = librarySearcher(
    async () => library,
    () => {
      wasTold = true;
    },
  );
  const vector = { modelKey, values: query };
  return { result: await searcher.search({ text: 'page7 lamp', limit: 10, vector }), wasTold };
}

/** What may become of the record of an index. */
const damages: Record<string, (library: Library, record: StoredVectorIndex) => unknown> = {
  'cut short within a number': (library, record) => {
    const { packedSlabs = new Uint8Array() } = record;
    return library.put('vectorIndexes', { ...record, packedSlabs: packedSlabs.slice(0, -1) }, modelKey);
  },
  'cut short behind a slab': (library, record) => {
    const { packedSlabs = new Uint8Array() } = record;
    return library.put('vectorIndexes', { ...record, packedSlabs: packedSlabs.slice(0, packedSlabs.length / 2) }, modelKey);
  },
  garbled: (library, record) => {
    const packedSlabs = record.packedSlabs?.map((byte, at) => (at === 1 ? byte ^ 2 : byte));
    return library.put('vectorIndexes', { ...record, ...(packedSlabs ? { packedSlabs } : {}) }, modelKey);
  },
  'garbled in its centre': (library, record) => {
    const centre = record.centre?.map((component, at) => (at === 3 ? -component : component));
    return library.put('vectorIndexes', { ...record, ...(centre ? { centre } : {}) }, modelKey);
  },
  'of an earlier version and cut short': (library, { checksum: _, packedSlabs = new Uint8Array(), ...record }) =>
    library.put('vectorIndexes', { ...record, packedSlabs: packedSlabs.slice(0, -1) }, modelKey),
  gone: (library) => library.delete('vectorIndexes', modelKey),
  'not to be read': () => {
    setRight = makeUnreadable('vectorIndexes', modelKey);
  },
};

it.each(Object.keys(damages))(
  'goes by words while what is known of the vectors is %s, says so, and makes it anew from the blocks',
  async (kind) => {
    const library = await libraryOfVectors();
    const before = await compare(library);
    expect(before.found.length).toBeGreaterThan(1_100);
    const blocks = await library.getAll('vectorBlocks');
    await damages[kind]?.(library, (await library.get('vectorIndexes', modelKey)) as StoredVectorIndex);

    const { result, wasTold } = await search(library);
    expect(result.passages.length).toBe(10);
    expect(result.passages.every(({ similarity }) => similarity === undefined)).toBe(true);
    expect(result.passagesNotSearched).toBe(before.found.length);
    expect(wasTold).toBe(true);

    await mend(library);
    expect(await compare(library)).toEqual(before);
    expect((await search(library)).wasTold).toBe(false);
    // Nothing is paid for again.
    expect(await library.getAll('vectorBlocks')).toEqual(blocks);
    expect(await embeddedPages(library)).toBe(40);
    expect((await indexOf(library))?.isIncomplete).toBeUndefined();
  },
);

it('makes one slab anew at a time, so that a page that is saved meanwhile waits for no more', async () => {
  const library = await libraryOfVectors();
  await library.delete('vectorIndexes', modelKey);
  await beginIndexes(library);
  const known: number[] = [];
  while (await mendNextIndex(library)) known.push((await indexOf(library))?.slabs.length ?? 0);
  expect(known).toEqual([1, 2]);
});

it('has the worker make it anew as soon as it works, and delete what waits for it', async () => {
  const library = await libraryOfVectors(3);
  setRight = makeUnreadable('vectorIndexes', modelKey);
  await library.put('deletions', { pageId: 'page1' as PageId, deleteAt: 5 });
  await jobRunner(jobRunnerTools(library)).run();
  const { found, notCompared } = await compare(library);
  expect(found.length).toBeGreaterThan(50);
  expect(notCompared).toBe(0);
  expect(await library.count('pages')).toBe(2);
});

it('goes on with a record without a checksum, as earlier versions wrote them', async () => {
  const library = await libraryOfVectors(3);
  const before = await compare(library);
  const { checksum: _, ...record } = (await library.get('vectorIndexes', modelKey)) as StoredVectorIndex;
  await library.put('vectorIndexes', record, modelKey);
  expect(await compare(library)).toEqual(before);
});

it('keeps what is saved and forgets what is deleted while an index is made anew, wherever that is cut off', async () => {
  for (let writes = 0; writes < 9; writes++) {
    const library = await libraryOfVectors();
    setRight = makeUnreadable('vectorIndexes', modelKey);
    await beginIndexes(library);
    await addPageWithVectors(library, 'first');
    const { dying, dead } = dyingLibrary(library, writes);
    await Promise.race([mend(dying), dead]);
    await addPageWithVectors(library, 'second');
    await deletePage(library, 'page3' as PageId);
    await mend(library);
    const { found, notCompared } = await compare(library);
    const passages = (await library.getAll('indexedPages')).reduce((sum, { passageCount }) => sum + passageCount, 0);
    expect(found).toHaveLength(passages);
    expect(notCompared).toBe(0);
    expect(found.map(({ id }) => id).toSorted()).toEqual((await scanVectors(library, modelKey, query)).map(({ id }) => id).toSorted());
    expect(await embeddedPages(library)).toBe(41);
    setRight();
  }
});

it('has only those pages embedded again whose blocks are lost as well', async () => {
  const library = await libraryOfVectors();
  const [first, , third] = await library.getAllKeys('vectorBlocks');
  if (first && third) {
    await library.put('vectorBlocks', { dimensions, count: 8, bytes: new Uint8Array(9), checksum: 1 }, first);
    await library.delete('vectorBlocks', third);
  }
  await library.delete('vectorIndexes', modelKey);
  const { found } = await compare(library);
  expect(found).toEqual([]);
  await mend(library);
  expect(await embeddedPages(library)).toBe(39);
  expect((await compare(library)).notCompared).toBe(0);
});

it('has all pages embedded again when neither an index nor a block is left', async () => {
  const library = await libraryOfVectors(3);
  await library.clear('vectorIndexes');
  await library.clear('vectorBlocks');
  expect((await search(library)).wasTold).toBe(true);
  await mend(library);
  expect(await embeddedPages(library)).toBe(0);
  expect((await search(library)).wasTold).toBe(false);
});

it('deletes the vectors of a model whose index is damaged', async () => {
  const library = await libraryOfVectors(3);
  await damages.garbled?.(library, (await library.get('vectorIndexes', modelKey)) as StoredVectorIndex);
  await dropModel(library, modelKey);
  expect(await library.count('vectorIndexes')).toBe(0);
  expect(await library.count('vectorBlocks')).toBe(0);
});

it('is not taken for whole by a search that mends a slab, having read the index before it was damaged', async () => {
  const library = await libraryOfVectors();
  const before = await compare(library);
  await library.delete('vectorIndexes', modelKey);
  await mendVectors(library, modelKey, new Set([0]));
  expect((await compare(library)).notCompared).toBe(before.found.length);
  await mend(library);
  expect(await compare(library)).toEqual(before);
});

it('has the queue delete the vectors of a model that nobody wants any more, whose index cannot be read', async () => {
  const library = await libraryOfVectors(3);
  await discardModel(library, modelKey);
  setRight = makeUnreadable('vectorIndexes', modelKey);
  await jobRunner(jobRunnerTools(library)).run();
  for (const store of vectorStores) expect(await library.count(store), store).toBe(0);
  expect(await embeddedPages(library)).toBe(0);
  expect((await readVectorModels(library)).unwanted).toEqual([]);
});

it('finds the pages that have lost vectors some at a time, and goes on where it was cut off', async () => {
  for (let writes = 0; writes < 4; writes++) {
    const library = await libraryOfVectors(20);
    const [, second] = await library.getAllKeys('vectorBlocks');
    if (second) await library.delete('vectorBlocks', second);
    const { dying, dead } = dyingLibrary(library, writes);
    await Promise.race([mendVectors(dying, modelKey, new Set([0])), dead]);
    await mend(library);
    const { notCompared } = await compare(library);
    // Of a mending that had not begun, the next search that finds the damage begins it.
    if (notCompared > 0) await compare(library);
    expect(await embeddedPages(library)).toBe(19);
    expect((await indexOf(library))?.losses).toBeUndefined();
  }
});

it('keeps no page from being saved while those that have lost vectors are looked for', async () => {
  const library = await libraryOfVectors(20);
  const [, second] = await library.getAllKeys('vectorBlocks');
  if (second) await library.delete('vectorBlocks', second);
  const stores: string[][] = [];
  const watched = new Proxy(library, {
    get(target, name) {
      if (name === 'transaction') {
        return (...given: Parameters<Library['transaction']>) => {
          if (given[1] === 'readwrite') stores.push([given[0]].flat() as string[]);
          return target.transaction(...given);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await mendVectors(watched, modelKey, new Set([0]));
  // The slab, the page that has lost, and that it was found.
  expect(stores.map((names) => names.includes('indexedPages'))).toEqual([false, true, false]);
});
