import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import type { SearchQuery } from '../../../../src/core/search/search';
import { mergeNext, mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { deletePage } from '../../../../src/storage/pages/index-page';
import type { Library, Segment, SegmentId } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { dyingLibrary } from '../../../support/dying-library';
import { storedPassages } from '../../../support/stored-passages';
import { temporaryLibrary } from '../../../support/temporary-library';

/** What holds the index, apart from what is known of it. */
const partStores = ['termDictionaries', 'postingBlocks'] as const;

const segment = (id: number, rest: Partial<Segment> = {}): Segment => ({
  id: id as SegmentId,
  firstPassageId: 1,
  passageCount: 5,
  deadCount: 0,
  bytes: 9,
  stretches: 1,
  blocks: 1,
  languages: { en: 5 },
  analyzerVersion: 2,
  ...rest,
});

/** Pages that all speak of lamps, and each of something of its own. */
async function libraryOf(pages: number, from = 0): Promise<Library> {
  const library = await temporaryLibrary();
  await addPages(library, pages, from);
  return library;
}

async function addPages(library: Library, pages: number, from = 0): Promise<void> {
  for (let page = from; page < from + pages; page++) {
    const paragraphs = Array.from(
      { length: 1 + (page % 3) },
      (_, part) => `${'The lamp burns. '.repeat(70)}Beacon${page} and part${part}.`,
    );
    await addPage(library, `page${page}`, { text: paragraphs.join('\n\n'), title: `Number ${page}` });
  }
}

const search = (library: Library, text: string, rest: Partial<SearchQuery> = {}) =>
  librarySearcher(async () => library).search({ text, limit: 500, ...rest });

/** Everything that a few questions find, with their scores to where rounding begins. */
async function findings(library: Library) {
  const found = new Map<string, number>();
  for (const question of ['lamp', 'beacon3 lamp', 'number part1', 'beacon11 burning']) {
    const { passages, passagesNotSearched } = await search(library, question);
    if (passagesNotSearched) found.set(`${question}: not searched`, passagesNotSearched);
    for (const { pageId, start, score } of passages) found.set(`${question}: ${pageId} ${start}`, Math.round(score * 10_000));
  }
  return found;
}

async function addLongPage(library: Library, name: string, passages: number): Promise<void> {
  const text = Array.from({ length: passages }, (_, part) => `## Part ${part}\n\n${'A lamp burns here. '.repeat(70)}${name}${part}.`);
  await addPage(library, name, { text: text.join('\n\n') });
}

/** Leaves one segment that holds all passages, and is damaged. */
async function damageAll(library: Library): Promise<void> {
  for (const store of ['segments', ...partStores] as const) await library.clear(store);
  const { nextPassageId = 1, passages = 0 } = (await library.get('totals', 'library')) ?? {};
  const passageCount = nextPassageId - 1;
  await library.put('segments', segment(900, { passageCount, deadCount: passageCount - passages, damaged: true }));
}

/** Changes a byte in the middle of the part with this key. */
async function damage(library: Library, store: (typeof partStores)[number], key: [SegmentId, number]): Promise<void> {
  const bytes = (await library.get(store, key))?.slice() ?? new Uint8Array(0);
  expect(bytes.length).toBeGreaterThan(8);
  const place = bytes.length >> 1;
  bytes[place] = (bytes[place] ?? 0) ^ 0x10;
  await library.put(store, bytes, key);
}

async function segmentOf(library: Library, pageId: string): Promise<Segment> {
  const indexed = await library.get('indexedPages', pageId as PageId);
  const first = indexed?.firstPassageId ?? 0;
  const segments = await library.getAll('segments');
  const found = segments.find(({ firstPassageId, passageCount }) => firstPassageId <= first && first < firstPassageId + passageCount);
  if (!found) throw new Error(`No segment holds ${pageId}.`);
  return found;
}

/** A library in which something happens when a damaged segment is being made anew: each page was read, and nothing is written yet. */
function whenPagesAreRead(library: Library, happen: () => Promise<void>): Library {
  let happening: Promise<void> | undefined;
  return new Proxy(library, {
    get(target, property) {
      const value = Reflect.get(target, property) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = () => (value as (...args: unknown[]) => unknown).apply(target, args);
        if (property !== 'get' || args[0] !== 'indexedPages') return call();
        happening ??= happen();
        return happening.then(call);
      };
    },
  });
}

/** Each passage is in one segment, and no part is without a segment. */
async function expectSound(library: Library): Promise<void> {
  const segments = (await library.getAll('segments')).sort((a, b) => a.firstPassageId - b.firstPassageId);
  expect(segments.filter(({ unfinished, damaged }) => unfinished || damaged)).toEqual([]);
  segments.slice(1).forEach((next, index) => {
    const before = segments[index];
    expect(next.firstPassageId).toBeGreaterThanOrEqual((before?.firstPassageId ?? 0) + (before?.passageCount ?? 0));
  });
  const ids = new Set(segments.map(({ id }) => id));
  for (const store of partStores) {
    expect(
      (await library.getAllKeys(store)).filter(([id]) => !ids.has(id)),
      store,
    ).toEqual([]);
  }
}

it('clears away what a merge that was cut off has left', async () => {
  const library = await temporaryLibrary();
  await library.put('segments', segment(7, { unfinished: true }));
  // Whose place it was to take is no more.
  await library.put('segments', segment(8, { successorOf: 5 as SegmentId }));
  for (const id of [7, 8] as SegmentId[]) for (const store of partStores) await library.put(store, new Uint8Array(9), [id, 1]);
  await mergeSegments(library);
  for (const store of ['segments', ...partStores] as const) expect(await library.count(store), store).toBe(0);
});

it('merging changes nothing of what is found', async () => {
  const library = await libraryOf(30);
  const before = await findings(library);
  await mergeSegments(library);
  expect(await library.count('segments')).toBeLessThan(15);
  expect(await findings(library)).toEqual(before);
  await expectSound(library);
});

describe.each(partStores)('when a byte of %s has changed', (store) => {
  it('a search says what it could not look at, finds the rest, and tells of it', async () => {
    const library = await libraryOf(4);
    const { id, passageCount } = await segmentOf(library, 'page2');
    await damage(library, store, [id, 0]);
    let told = 0;
    const searcher = librarySearcher(
      async () => library,
      () => {
        told += 1;
      },
    );
    const result = await searcher.search({ text: 'lamp', limit: 100 });
    expect(result.passagesNotSearched).toBe(passageCount);
    expect(new Set(result.passages.map(({ pageId }) => pageId))).toEqual(new Set(['page0', 'page1', 'page3']));
    expect(told).toBe(1);
    expect((await library.get('segments', id))?.damaged).toBe(true);
    // And goes on saying so until it is mended.
    expect((await searcher.search({ text: 'beacon2', limit: 100 })).passagesNotSearched).toBe(passageCount);
  });

  it('it is made anew from the text, so that everything is found as before', async () => {
    const library = await libraryOf(20);
    await mergeSegments(library);
    const before = await findings(library);
    const { id } = await segmentOf(library, 'page3');
    await damage(library, store, [id, 0]);
    await search(library, 'lamp');
    await mergeSegments(library);
    expect(await findings(library)).toEqual(before);
    await expectSound(library);
  });

  it('a merge notices it too, and loses nothing', async () => {
    const library = await libraryOf(7);
    const { id } = await segmentOf(library, 'page3');
    await damage(library, store, [id, 0]);
    await addPages(library, 3, 7);
    await mergeSegments(library);
    expect(await findings(library)).toEqual(await findings(await libraryOf(10)));
    await expectSound(library);
  });

  it('a record that is gone is made anew as well', async () => {
    const library = await temporaryLibrary();
    const words = Array.from({ length: 20_000 }, (_, index) => `word${index.toString(36)}`);
    await addPage(library, 'many', { text: words.join(' ') });
    const { id, stretches, blocks } = await segmentOf(library, 'many');
    const parts = store === 'termDictionaries' ? stretches : blocks;
    expect(parts).toBeGreaterThan(1);
    await library.delete(store, [id, parts - 2]);
    const asked = words.filter((_, index) => index % 500 === 0);
    const notSearched = await Promise.all(asked.map(async (word) => (await search(library, word)).passagesNotSearched ?? 0));
    expect(Math.max(...notSearched)).toBeGreaterThan(0);
    await addPages(library, 8, 0);
    await mergeSegments(library);
    await expectSound(library);
    for (const word of asked) {
      expect((await search(library, word)).passages[0]?.pageId, word).toBe('many');
    }
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15])('a worker that dies after %i writes of mending it loses nothing', async (writes) => {
    const library = await libraryOf(18);
    await mergeSegments(library);
    const before = await findings(library);
    const { id } = await segmentOf(library, 'page5');
    await damage(library, store, [id, 0]);
    await search(library, 'lamp');
    const { dying, dead } = dyingLibrary(library, writes);
    await Promise.race([mergeSegments(dying), dead]);
    const { passages, passagesNotSearched = 0 } = await search(library, 'lamp');
    expect(passages.length + passagesNotSearched).toBe((await storedPassages(library)).length);
    await mergeSegments(library);
    expect(await findings(library)).toEqual(before);
    await expectSound(library);
  });
});

describe('a segment without an index of its grams', () => {
  const without = Number.POSITIVE_INFINITY;

  it('is searched as it is, and written anew with one as soon as it is large enough', async () => {
    const library = await libraryOf(16);
    await mergeSegments(library, without);
    await addPages(library, 3, 16);
    const before = await findings(library);
    const small = await segmentOf(library, 'page17');
    await mergeSegments(library, small.passageCount + 1);
    const written = await library.getAll('segments');
    expect(written.map(({ gramRecords = 0 }) => gramRecords > 0)).toEqual(
      written.map(({ passageCount }) => passageCount > small.passageCount),
    );
    expect(written.some(({ gramRecords }) => gramRecords)).toBe(true);
    expect(await findings(library)).toEqual(before);
    await expectSound(library);
    expect(await library.count('termDictionaries')).toBe(
      written.reduce((sum, { stretches, gramRecords = 0 }) => sum + stretches + gramRecords, 0),
    );
  });

  it.each([0, 1, 2, 3, 4, 5])('loses nothing when a worker dies after %i writes of writing it anew', async (writes) => {
    const library = await libraryOf(20);
    await mergeSegments(library, without);
    const before = await findings(library);
    const { dying, dead } = dyingLibrary(library, writes);
    await Promise.race([mergeSegments(dying, 0), dead]);
    expect(await findings(library)).toEqual(before);
    await mergeSegments(library, 0);
    expect((await library.getAll('segments')).filter(({ gramRecords }) => gramRecords === undefined)).toEqual([]);
    expect(await findings(library)).toEqual(before);
    await expectSound(library);
  });
});

describe('an index of grams that is damaged', () => {
  const damagedGrams = async () => {
    const library = await libraryOf(12);
    await mergeSegments(library, 0);
    const before = await findings(library);
    const { id, stretches, gramRecords } = await segmentOf(library, 'page3');
    expect(gramRecords).toBe(1);
    return { library, before, id, stretches };
  };

  it('keeps nothing from being found: all terms are looked through, of misspelled words and unfinished ones too', async () => {
    const { library, id, stretches } = await damagedGrams();
    const questions = async () => ({
      found: await findings(library),
      misspelled: await search(library, 'beacom7 lmap'),
      unfinished: await search(library, 'lamp beac', { isUnfinished: true }),
    });
    const before = await questions();
    await damage(library, 'termDictionaries', [id, stretches]);
    expect(await questions()).toEqual(before);
    expect(await library.get('segments', id)).toMatchObject({ gramsDamaged: true });
    // Also by a worker that has it in memory.
    const { search: again } = librarySearcher(async () => library);
    expect(await again({ text: 'beacon3 lamp', limit: 500 })).toEqual(await search(library, 'beacon3 lamp'));
    expect(await again({ text: 'number part1', limit: 500 })).toEqual(await search(library, 'number part1'));
  });

  it('is told of, and made anew from the terms, though no text can be read', async () => {
    const { library, before, id, stretches } = await damagedGrams();
    await damage(library, 'termDictionaries', [id, stretches]);
    let told = 0;
    const searcher = librarySearcher(
      async () => library,
      () => {
        told += 1;
      },
    );
    await searcher.search({ text: 'lamp', limit: 10 });
    expect(told).toBe(1);
    const texts = await library.getAll('versions');
    await library.clear('versions');
    await mergeSegments(library, 0);
    const made = await library.getAll('segments');
    expect(made.map(({ gramRecords, gramsDamaged }) => ({ gramRecords, gramsDamaged }))).toEqual([{ gramRecords: 1 }]);
    for (const text of texts) await library.put('versions', text);
    expect(await findings(library)).toEqual(before);
    expect(told).toBe(1);
    await expectSound(library);
  });
});

describe('making a segment anew', () => {
  it('goes by the rules of today where those of another day were used', async () => {
    const library = await libraryOf(3);
    const before = await findings(library);
    const outdated = await segmentOf(library, 'page1');
    await library.put('segments', { ...outdated, analyzerVersion: 1 });
    await mergeSegments(library);
    const rebuilt = await segmentOf(library, 'page1');
    expect(rebuilt.id).not.toBe(outdated.id);
    expect(rebuilt.analyzerVersion).not.toBe(1);
    expect(await findings(library)).toEqual(before);
  });

  describe('that other rules made', () => {
    /** Pages that are made anew in more than one piece. */
    const outdatedLibrary = async () => {
      const library = await libraryOf(12);
      for (const name of ['a', 'b', 'c']) await addLongPage(library, name, 400);
      await mergeSegments(library);
      for (const made of await library.getAll('segments')) await library.put('segments', { ...made, analyzerVersion: 1 });
      return library;
    };
    const alive = async (library: Library) => (await storedPassages(library)).length;
    const all = async (library: Library) => {
      const { passages, passagesNotSearched = 0 } = await search(library, 'lamp', { limit: 5_000 });
      return { found: new Set(passages.map(({ passageId }) => passageId)).size, times: passages.length, passagesNotSearched };
    };

    it.each([0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15])(
      'has it searched until all of it is made anew, also when it is cut off after %i writes',
      async (writes) => {
        const library = await outdatedLibrary();
        const before = await findings(library);
        const { dying, dead } = dyingLibrary(library, writes);
        await Promise.race([mergeSegments(dying), dead]);
        const passages = await alive(library);
        expect(await all(library)).toEqual({ found: passages, times: passages, passagesNotSearched: 0 });
        expect(await findings(library)).toEqual(before);
        await mergeSegments(library);
        expect(await findings(library)).toEqual(before);
        const made = await library.getAll('segments');
        expect(made.filter(({ analyzerVersion, successorOf }) => analyzerVersion === 1 || successorOf !== undefined)).toEqual([]);
        await expectSound(library);
      },
    );

    it('minds what is deleted and saved meanwhile', async () => {
      const library = await outdatedLibrary();
      for (let step = 0; await mergeNext(library); step++) {
        if (step === 1) await deletePage(library, 'a' as PageId);
        if (step === 2) await addPage(library, 'b', { text: 'The lamp of another day.', version: 2 });
        if (step === 3) await addPages(library, 2, 12);
        const passages = await alive(library);
        expect(await all(library)).toEqual({ found: passages, times: passages, passagesNotSearched: 0 });
      }
      expect((await search(library, 'another day')).passages[0]?.pageId).toBe('b');
      const segments = await library.getAll('segments');
      expect(segments.reduce((sum, { deadCount }) => sum + deadCount, 0)).toBe(0);
      await expectSound(library);
    });

    it('finds by what is made anew already as soon as it is found damaged, and makes the rest anew', async () => {
      const library = await outdatedLibrary();
      const before = await findings(library);
      await mergeNext(library);
      const half = (await library.getAll('segments')).find(({ renewedTo }) => renewedTo !== undefined);
      if (!half) throw new Error('Nothing was made anew.');
      await damage(library, 'termDictionaries', [half.id, 0]);
      const { found, passagesNotSearched } = await all(library);
      expect(found).toBe(0);
      expect(passagesNotSearched).toBe(await alive(library));
      while ((await library.getAll('segments')).some(({ renewedTo }) => renewedTo !== undefined)) await mergeNext(library);
      const rest = await all(library);
      expect(rest.found).toBeGreaterThan(400);
      expect(rest.passagesNotSearched).toBe((await alive(library)) - rest.found);
      await mergeSegments(library);
      expect(await findings(library)).toEqual(before);
      await expectSound(library);
    });

    it('makes anew what is found damaged of what it was making', async () => {
      const library = await outdatedLibrary();
      const before = await findings(library);
      await mergeNext(library);
      const successor = (await library.getAll('segments')).find(({ successorOf }) => successorOf !== undefined);
      if (!successor) throw new Error('Nothing was made anew.');
      await damage(library, 'postingBlocks', [successor.id, 0]);
      await mergeSegments(library);
      expect(await findings(library)).toEqual(before);
      await expectSound(library);
    });
  });

  it('never merges across what is damaged, and what it makes is merged later in its place', async () => {
    const library = await libraryOf(9);
    const damaged = await segmentOf(library, 'page4');
    await library.put('segments', { ...damaged, damaged: true });
    await mergeSegments(library);
    await addPages(library, 60, 9);
    await mergeSegments(library);
    expect(await findings(library)).toEqual(await findings(await libraryOf(69)));
    await expectSound(library);
  });

  it('leaves out what was deleted or saved again after it was read, and keeps what is beside it', async () => {
    const library = await libraryOf(12);
    await mergeSegments(library);
    const { id } = await segmentOf(library, 'page1');
    await damage(library, 'termDictionaries', [id, 0]);
    await search(library, 'lamp');
    await mergeSegments(
      whenPagesAreRead(library, async () => {
        await deletePage(library, 'page1' as PageId);
        await addPage(library, 'page2', { text: 'The lamp of another day.', version: 2 });
      }),
    );
    const { passages, passagesNotSearched } = await search(library, 'lamp');
    expect(passagesNotSearched).toBeUndefined();
    expect(new Set(passages.map(({ pageId }) => pageId)).size).toBe(11);
    expect(passages.filter(({ pageId }) => pageId === 'page2').map(({ version }) => version)).toEqual([2]);
    const lengths = (await library.get('lengths', 0))?.lengths ?? [];
    expect([...lengths].filter((length) => length > 0)).toHaveLength((await storedPassages(library)).length);
    await expectSound(library);
  });

  it('handles a page of more passages than are made anew at once', async () => {
    const library = await temporaryLibrary();
    await addPages(library, 1);
    await addLongPage(library, 'long', 620);
    await addPages(library, 1, 1);
    expect((await library.get('indexedPages', 'long' as PageId))?.passageCount).toBeGreaterThan(500);
    await damageAll(library);
    await mergeSegments(library);
    for (const [word, pageId] of Object.entries({ long0: 'long', long619: 'long', beacon1: 'page1' })) {
      const [best] = (await search(library, word)).passages;
      expect(best?.pageId).toBe(pageId);
      expect(best?.wordCoverage, word).toBeCloseTo(1);
    }
    expect((await search(library, 'lamp', { limit: 2_000 })).passages.length).toBe((await storedPassages(library)).length);
    await expectSound(library);
  });

  it('says how much is left when it was cut off, whatever was dead before', async () => {
    const library = await temporaryLibrary();
    for (const name of ['a', 'b', 'c', 'd']) await addLongPage(library, name, 260);
    await deletePage(library, 'a' as PageId);
    await damageAll(library);
    const alive = (await storedPassages(library)).length;
    expect((await search(library, 'lamp')).passagesNotSearched).toBe(alive);
    const { dying, dead } = dyingLibrary(library, 1);
    await Promise.race([mergeSegments(dying), dead]);
    const { passagesNotSearched = 0, passages } = await search(library, 'lamp', { limit: 2_000 });
    expect(passages.length).toBeGreaterThan(0);
    expect(passagesNotSearched).toBe(alive - passages.length);
  });

  it('takes the language that a page claims for what it is, and goes on where it claims nonsense', async () => {
    const library = await temporaryLibrary();
    for (const [name, language] of Object.entries({ de: 'de_DE', none: 'not a language' })) {
      await addPage(library, name, { text: 'Die Häuser am Hafen.' });
      const page = await library.get('pages', name as PageId);
      if (page) await library.put('pages', { ...page, language });
      await library.put('segments', { ...(await segmentOf(library, name)), damaged: true });
    }
    await mergeSegments(library);
    const { passages } = await search(library, 'haus');
    expect(passages[0]?.pageId).toBe('de');
    expect(passages[0]?.wordCoverage).toBeCloseTo(1);
    expect((await library.get('indexedPages', 'de' as PageId))?.language).toBe('de');
  });
});

describe('what happens at once', () => {
  it('a page deleted during a question is in the answer or not, and nothing breaks', async () => {
    const library = await libraryOf(12);
    for (let page = 0; page < 12; page++) {
      const question = { phrases: ['the lamp'], excluded: ['submarine'], scope: { sites: ['lamps.example'] } };
      const searching = search(library, 'the lamp burns', question);
      for (let turns = 0; turns < page * 3; turns++) await Promise.resolve();
      const deleting = deletePage(library, `page${page}` as PageId);
      const [{ passages }] = await Promise.all([searching, deleting]);
      const pages = new Set(passages.map(({ pageId }) => pageId));
      expect(pages.size).toBeGreaterThanOrEqual(11 - page);
      expect((await search(library, `beacon${page}`)).passages.map(({ pageId }) => pageId)).not.toContain(`page${page}`);
    }
  });

  it('two pages saved at once are both found', async () => {
    const library = await temporaryLibrary();
    await Promise.all([
      addPage(library, 'one', { text: 'The lamp of the first tab.' }),
      addPage(library, 'other', { text: 'The lamp of the second tab.' }),
      mergeSegments(library),
    ]);
    const { passages, pagesSearched } = await search(library, 'lamp');
    expect(pagesSearched).toBe(2);
    expect(passages.map(({ pageId }) => pageId).sort()).toEqual(['one', 'other']);
    await expectSound(library);
  });

  it('a page without a word takes no part in the index, and is no damage', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'pictures', { text: '😀 … !?' });
    await addPage(library, 'words', { text: 'The lamp.' });
    const result = await search(library, 'lamp');
    expect(result.passagesNotSearched).toBeUndefined();
    expect(result.passages).toHaveLength(1);
    await deletePage(library, 'pictures' as PageId);
    await mergeSegments(library);
    await expectSound(library);
  });
});
