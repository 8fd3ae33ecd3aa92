import { afterEach, describe, expect, it } from 'vitest';
import { receiveCapture } from '../../../../src/background/capture/receive-capture';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import type { PageId, PassageId } from '../../../../src/core/pages/page';
import { sealSlab } from '../../../../src/storage/lexical/length-slabs';
import { LexicalCache, searchPostings } from '../../../../src/storage/lexical/lexical-search';
import { clearUnreadableLengths, doubtLengths, mendLengths } from '../../../../src/storage/lexical/mend-lengths';
import { mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { deletePage } from '../../../../src/storage/pages/index-page';
import { lastOfRun } from '../../../../src/storage/pages/passage-runs';
import { emptyTotals, type LengthSlab, type Library, type PassageRun } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { capturedPage } from '../../../support/captured-page';
import { dyingLibrary } from '../../../support/dying-library';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { makeUnreadable } from '../../../support/make-unreadable';
import { storedPassages } from '../../../support/stored-passages';
import { temporaryLibrary } from '../../../support/temporary-library';

let setRight = () => {};
afterEach(() => setRight());

const textOf = (page: number) =>
  Array.from({ length: 1 + (page % 3) }, (_, part) => `${'The lamp burns. '.repeat(70 + page)}Beacon${page} and part${part}.`).join('\n\n');

/** Pages on both sides of where one slab ends and the next begins, some of them deleted again; one has a passage on either side. */
async function libraryOfTwoSlabs(): Promise<Library> {
  const library = await temporaryLibrary();
  await library.put('totals', { ...emptyTotals, nextPassageId: 4_080 }, 'library');
  await library.put('lengths', { lengths: new Uint16Array(4_096) }, 0);
  for (let page = 0; page < 16; page++) await addPage(library, `page${page}`, { text: textOf(page), title: `Number ${page}` });
  await mergeSegments(library);
  for (const page of [1, 15]) await deletePage(library, `page${page}` as PageId);
  return library;
}

const searching = (library: Library, damageFound?: () => void) => {
  const searcher = librarySearcher(async () => library, damageFound);
  return async (text = 'lamp') => {
    const { passages, passagesNotSearched = 0 } = await searcher.search({ text, limit: 500 });
    return { found: passages.map(({ passageId, score }) => [passageId as number, score.toFixed(4)] as const), passagesNotSearched };
  };
};

/** Everything that a few questions find, and what it is found by. */
async function stateOf(library: Library) {
  const search = searching(library);
  const found = [];
  for (const text of ['lamp', 'beacon3 lamp', 'number part1']) found.push(await search(text));
  const slabs = await library.getAll('lengths');
  return { found, slabs: slabs.map(({ lengths }) => [...lengths.entries()].filter(([, length]) => length > 0)) };
}

const slabNow = async (library: Library, number: number) => (await library.get('lengths', number)) as LengthSlab;

const damages: Record<string, (library: Library, number: number) => unknown> = {
  lost: (library, number) => library.delete('lengths', number),
  'with another length': async (library, number) => {
    const slab = await slabNow(library, number);
    const [place = 0] = [...slab.lengths.entries()].filter(([, length]) => length > 0).map(([at]) => at);
    await library.put('lengths', { ...slab, lengths: slab.lengths.map((length, at) => (at === place ? length ^ 64 : length)) }, number);
  },
  'all zeroes': async (library, number) => {
    await library.put('lengths', { ...(await slabNow(library, number)), lengths: new Uint16Array(4_096) }, number);
  },
  'cut short': async (library, number) => {
    const slab = await slabNow(library, number);
    await library.put('lengths', { ...slab, lengths: slab.lengths.slice(0, 100) }, number);
  },
  'something else': (library, number) => library.put('lengths', {} as LengthSlab, number),
  'not to be read': (_, number) => {
    setRight = makeUnreadable('lengths', number);
  },
};

const kinds = Object.keys(damages).flatMap((kind) => [0, 1].map((number) => [number, kind] as const));

/** How many passages of the library are in a slab. */
const countIn = async (library: Library, number: number) =>
  (await storedPassages(library)).filter(({ id }) => Math.floor(id / 4_096) === number).length;

describe.each(kinds)('a slab of lengths, number %i of two, that is %s', (number, kind) => {
  it('is said to keep its passages from being searched, and made anew from the text, with nothing that was deleted', async () => {
    const library = await libraryOfTwoSlabs();
    const before = await stateOf(library);
    const inSlab = await countIn(library, number);
    expect(inSlab).toBeGreaterThan(2);
    await damages[kind]?.(library, number);
    let told = 0;
    const search = searching(library, () => {
      told += 1;
    });
    const { found, passagesNotSearched } = await search();
    expect(passagesNotSearched).toBe(inSlab);
    expect(found.map(([id]) => id).toSorted()).toEqual(
      (await storedPassages(library)).filter(({ id }) => Math.floor(id / 4_096) !== number).map(({ id }) => id),
    );
    expect(told).toBe(1);
    await jobRunner(jobRunnerTools(library)).run();
    expect((await search()).passagesNotSearched).toBe(0);
    expect(told).toBe(1);
    const mended = await stateOf(library);
    expect(mended.slabs).toEqual(before.slabs);
    // The dead are merged away by now, so rarity may differ in what was not yet.
    expect(mended).toEqual(await stateOf(await mergedLibrary()));
  });

  it('is no hindrance to saving and deleting pages, which hides nothing of it', async () => {
    const library = await libraryOfTwoSlabs();
    await damages[kind]?.(library, number);
    if (kind === 'not to be read') await clearUnreadableLengths(library, 'all');
    const { nextPassageId = 0 } = (await library.get('totals', 'library')) ?? {};
    await changePages(library);
    const isNew = ({ id }: { id: number }) => id >= nextPassageId;
    const added = number === 1 ? (await storedPassages(library)).filter(isNew).length : 0;
    const { found, passagesNotSearched } = await searching(library)();
    expect(found.length + passagesNotSearched).toBe((await storedPassages(library)).length);
    expect(passagesNotSearched).toBe((await countIn(library, number)) - added);
    expect((await searching(library)('beacon20')).found.length).toBeGreaterThan(0);
    await mergeSegments(library);
    expect(await stateOf(library)).toEqual(await stateOf(await mergedLibrary(changePages)));
  });

  it('loses no word to a merge', async () => {
    const library = await libraryOfTwoSlabs();
    await mergeSegments(library);
    await deletePage(library, 'page7' as PageId);
    await deletePage(library, 'page2' as PageId);
    await damages[kind]?.(library, number);
    if (kind === 'not to be read') await clearUnreadableLengths(library, 'all');
    await mergeSegments(library);
    const undamaged = await mergedLibrary(async (same) => {
      await deletePage(same, 'page7' as PageId);
      await deletePage(same, 'page2' as PageId);
    });
    // Those that were not said to be damaged are found to be so by the merge that needs them.
    expect(await stateOf(library)).toEqual(await stateOf(undamaged));
  });
});

it('counts words as rare as they are among the passages that are searched, in segments too of which a part is not', async () => {
  const library = await mergedLibrary();
  const ranking = async (isWanted?: (id: number) => boolean) => {
    const query = { text: 'lamp part1 beacon3', isUnfinished: false, limit: 100, ...(isWanted ? { isWanted } : {}) };
    return (await searchPostings(library, query, new LexicalCache())).passages;
  };
  const ofFirst = await ranking((id) => id < 4_096);
  expect(ofFirst.length).toBeGreaterThan(5);
  await library.delete('lengths', 1);
  expect(await ranking()).toEqual(ofFirst);
});

it('is searched whole again where it could not be read but once', async () => {
  const library = await libraryOfTwoSlabs();
  const search = searching(library);
  setRight = makeUnreadable('lengths', 1);
  expect((await search()).passagesNotSearched).toBeGreaterThan(0);
  setRight();
  expect((await search()).passagesNotSearched).toBe(0);
});

it('gives slabs of older versions, which have no checksum, one', async () => {
  const library = await libraryOfTwoSlabs();
  const before = await stateOf(library);
  for (const number of [0, 1]) await library.put('lengths', { lengths: (await slabNow(library, number)).lengths }, number);
  expect(await stateOf(library)).toEqual(before);
  // As after a start.
  doubtLengths(library);
  await mergeSegments(library);
  expect((await library.getAll('lengths')).filter(({ checksum }) => checksum === undefined)).toEqual([]);
  expect(await stateOf(library)).toEqual(await stateOf(await mergedLibrary()));
});

it('finds again what is hidden since an older version wrote to a slab that was lost', async () => {
  const library = await libraryOfTwoSlabs();
  const lengths = new Uint16Array(4_096);
  const { firstPassageId = 0 } = (await library.get('indexedPages', 'page5' as PageId)) ?? {};
  lengths[firstPassageId] = (await slabNow(library, 0)).lengths[firstPassageId] ?? 0;
  await library.put('lengths', { lengths }, 0);
  // As after a start, and something is written to it before it is looked through.
  doubtLengths(library);
  await deletePage(library, 'page3' as PageId);
  await mergeSegments(library);
  expect(await stateOf(library)).toEqual(await stateOf(await mergedLibrary((same) => deletePage(same, 'page3' as PageId))));
});

it('does not take a slab for whole that another worker has cleared meanwhile', async () => {
  const library = await libraryOfTwoSlabs();
  const before = await stateOf(library);
  const blank = { lengths: new Uint16Array(4_096), isIncomplete: true as const };
  await library.put('lengths', sealSlab({ ...(await slabNow(library, 0)), isIncomplete: true }), 0);
  let isCleared = false;
  const disturbed = new Proxy(library, {
    get(target, property) {
      const value = Reflect.get(target, property) as unknown;
      return typeof value !== 'function'
        ? value
        : (...args: unknown[]) => {
            const isMending = property === 'transaction' && args[1] === 'readwrite' && (args[0] as string[]).includes('passageRuns');
            if (isMending && !isCleared) void target.put('lengths', sealSlab(blank), 0);
            isCleared ||= isMending;
            return (value as (...given: unknown[]) => unknown).apply(target, args);
          };
    },
  });
  while (await mendLengths(disturbed));
  expect(isCleared).toBe(true);
  expect(await stateOf(library)).toEqual(before);
});

it('does not miss what was never written', async () => {
  const library = await temporaryLibrary();
  expect(await searching(library)()).toEqual({ found: [], passagesNotSearched: 0 });
  await mergeSegments(library);
  expect(await library.count('lengths')).toBe(0);
  await addPage(library, 'first', { text: 'The lamp burns.' });
  expect(await slabNow(library, 0)).not.toHaveProperty('isIncomplete');
});

it.each([0, 1, 2, 3, 4, 5, 6, 8])('loses nothing when a worker dies after %i writes of making them anew', async (writes) => {
  const library = await libraryOfTwoSlabs();
  for (const number of [0, 1]) await library.delete('lengths', number);
  const { dying, dead } = dyingLibrary(library, writes);
  await Promise.race([mergeSegments(dying), dead]);
  const { found, passagesNotSearched } = await searching(library)();
  expect(found.length + passagesNotSearched).toBe((await storedPassages(library)).length);
  await mergeSegments(library);
  expect(await stateOf(library)).toEqual(await stateOf(await mergedLibrary()));
});

it.each([0, 2, 4, 6, 8, 10, 14, 18, 24])('minds what is saved and deleted while they are made anew, after %i reads', async (reads) => {
  const library = await libraryOfTwoSlabs();
  for (const number of [0, 1]) await library.delete('lengths', number);
  const mending = mergeSegments(library);
  for (let read = 0; read < reads; read++) await library.count('pages');
  await changePages(library);
  await mending;
  await searching(library)();
  await mergeSegments(library);
  expect(await stateOf(library)).toEqual(await stateOf(await mergedLibrary(changePages)));
});

it('finds more and more, where there is much to be made anew', async () => {
  const library = await temporaryLibrary();
  const paragraphs = Array.from({ length: 1_200 }, (_, part) => `## Part ${part}\n\n${'A lamp burns here. '.repeat(70)}`);
  for (const page of [0, 1, 2])
    await addPage(library, `page${page}`, { text: paragraphs.slice(page * 400, page * 400 + 400).join('\n\n') });
  const before = await library.getAll('lengths');
  const passages = (await storedPassages(library)).length;
  expect(passages).toBeGreaterThan(1_000);
  await library.delete('lengths', 0);
  const search = searching(library);
  const notSearched = [(await search()).passagesNotSearched];
  expect(notSearched).toEqual([passages]);
  while (await mendLengths(library)) notSearched.push((await search()).passagesNotSearched);
  expect(new Set(notSearched).size).toBeGreaterThan(3);
  expect(notSearched).toEqual(notSearched.toSorted((a, b) => b - a));
  expect(notSearched.at(-1)).toBe(0);
  expect(await library.getAll('lengths')).toEqual(before);
});

it('keeps a page found of which the text is gone, by what is known of its length', async () => {
  const library = await libraryOfTwoSlabs();
  const before = (await searching(library)()).found;
  for (const page of [2, 9]) await library.delete('versions', [`page${page}` as PageId, 1]);
  for (const number of [0, 1]) await library.delete('lengths', number);
  await mergeSegments(library);
  const { found, passagesNotSearched } = await searching(library)();
  expect(passagesNotSearched).toBe(0);
  expect(found.map(([id]) => id).toSorted()).toEqual(before.map(([id]) => id).toSorted());
});

it('loses nothing where what is known of segments went with them', async () => {
  const library = await mergedLibrary();
  const before = await stateOf(library);
  await library.clear('segments');
  for (const number of [0, 1]) await library.delete('lengths', number);
  await jobRunner(jobRunnerTools(library)).run();
  expect((await stateOf(library)).slabs).toEqual(before.slabs);
  expect((await searching(library)()).found).toHaveLength(before.found[0]?.found.length ?? 0);
});

it('saves a page where the lengths of the one before it cannot be read', async () => {
  const library = await libraryOfTwoSlabs();
  setRight = makeUnreadable('lengths', 1);
  const page = capturedPage('The lamp of another day.');
  await receiveCapture(page, { id: 1, url: page.url }, { library, wasExpected: async () => true, now: () => 1, newId: () => 'new' });
  await jobRunner(jobRunnerTools(library)).run();
  expect(await library.count('jobs')).toBe(0);
  expect((await searching(library)('another day')).found).not.toEqual([]);
  expect((await searching(library)()).passagesNotSearched).toBe(0);
});

it('deletes a page whose lengths cannot be read', async () => {
  const library = await libraryOfTwoSlabs();
  setRight = makeUnreadable('lengths', 0);
  await library.put('deletions', { pageId: 'page2' as PageId, deleteAt: 1 });
  await jobRunner(jobRunnerTools(library)).run();
  expect(await library.get('pages', 'page2' as PageId)).toBeUndefined();
  const { found, passagesNotSearched } = await searching(library)();
  expect(passagesNotSearched).toBe(0);
  expect(found).toHaveLength((await storedPassages(library)).length);
});

/** A page that is saved is captured again. */
async function receiveAgain(library: Library): Promise<void> {
  const { url = '' } = (await library.get('pages', 'page2' as PageId)) ?? {};
  const page = capturedPage('The lamp of another day.', { url, canonicalUrl: url });
  await receiveCapture(page, { id: 1, url }, { library, wasExpected: async () => true, now: () => 1, newId: () => 'new' });
}

it('saves a page again whose lengths cannot be read', async () => {
  const library = await libraryOfTwoSlabs();
  await receiveAgain(library);
  setRight = makeUnreadable('lengths', 0);
  await jobRunner(jobRunnerTools(library)).run();
  expect(await library.getAll('jobs')).toEqual([]);
  expect((await library.get('pages', 'page2' as PageId))?.version).toBe(2);
  const { found, passagesNotSearched } = await searching(library)();
  expect(passagesNotSearched).toBe(0);
  expect(found).toHaveLength((await storedPassages(library)).length);
});

it('saves a page again whose lengths cannot be read, though the worker died at it before', async () => {
  const library = await libraryOfTwoSlabs();
  await receiveAgain(library);
  setRight = makeUnreadable('lengths', 0);
  const [job] = await library.getAll('jobs');
  if (job) await library.put('jobs', { ...job, attempts: 1 });
  await jobRunner(jobRunnerTools(library)).run();
  expect((await library.get('pages', 'page2' as PageId))?.version).toBe(2);
});

it('tries a page at once a second time and no more, though something is mended each time', async () => {
  const library = await libraryOfTwoSlabs();
  await receiveAgain(library);
  let attempts = 0;
  const detectLanguage = async () => {
    setRight();
    setRight = makeUnreadable('lengths', 0);
    if (++attempts < 9) throw new Error('It is something else.');
    return undefined;
  };
  await jobRunner(jobRunnerTools(library, { detectLanguage })).run();
  expect(attempts).toBe(2);
});

it('comes to an end though what is known of some passages is garbled, and measures the others', async () => {
  const library = await libraryOfTwoSlabs();
  const ids = (await searching(library)()).found.map(([id]) => id).sort((a, b) => a - b);
  const run = (await library.getAll('passageRuns')).find(({ starts }) => starts.length > 1) as PassageRun;
  const key = lastOfRun(run);
  await library.put('passageRuns', { ...run, firstId: (run.firstId + 1) as PassageId }, key);
  await library.delete('lengths', 0);
  doubtLengths(library);
  for (let steps = 0; await mendLengths(library); steps++) expect(steps).toBeLessThan(50);
  const measured = (await slabNow(library, 0)).lengths;
  const lost = ids.filter((id) => id < 4_096 && measured[id] === 0);
  expect(lost).toEqual(ids.filter((id) => id >= run.firstId && id <= key));
});

/** A page is deleted on either side, another one saved anew, and a new one comes. */
async function changePages(library: Library): Promise<void> {
  for (const page of [3, 12]) await deletePage(library, `page${page}` as PageId);
  await addPage(library, 'page4', { text: `${'The lamp went out. '.repeat(9)}Beacon4.`, version: 2 });
  await addPage(library, 'page20', { text: `${'The lamp burns again. '.repeat(99)}Beacon20.\n\n${'A lamp burns. '.repeat(99)}` });
}

/** The same library, never damaged, merged. */
async function mergedLibrary(change: (library: Library) => Promise<void> = async () => {}): Promise<Library> {
  const library = await libraryOfTwoSlabs();
  await change(library);
  await mergeSegments(library);
  return library;
}
