import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPassages } from '../../../src/core/lexical/index-passages';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import { normalizeVector } from '../../../src/core/vectors/quantize-vector';
import { LexicalCache, searchPostings } from '../../../src/storage/lexical/lexical-search';
import { mergeSegments } from '../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { commitPage, commitVectors, deletePage } from '../../../src/storage/pages/index-page';
import { readPassages } from '../../../src/storage/pages/passage-runs';
import type { Library, Segment } from '../../../src/storage/schema';
import { readVectorTrust } from '../../../src/storage/vectors/vector-trust';
import { dyingLibrary } from '../../support/dying-library';
import { type NaivePage, naiveScores } from '../../support/naive-search';
import { storedPassages } from '../../support/stored-passages';
import { temporaryLibrary } from '../../support/temporary-library';
import { cosine, gaussians } from '../../support/vectors';

/** Some are forms of one word, some are like others, some are both parts of a third, some only ask. */
const vocabulary = [
  'lamp',
  'lamps',
  'lamplight',
  'keeper',
  'housekeeper',
  'keepsake',
  'storm',
  'stormy',
  'glass',
  '灯台',
  '灯台守',
  'phare',
  'who',
  'the',
];

async function addPage(library: Library, id: string, title: string, text: string, version = 1): Promise<void> {
  const spans = splitPassages(text);
  const page = {
    id: id as PageId,
    canonicalUrl: `https://lamps.example/${id}`,
    url: `https://lamps.example/${id}`,
    addresses: [`https://lamps.example/${id}`],
    title,
    site: 'lamps.example',
    savedAt: 1,
    capturedAt: 1,
    version,
    passageCount: spans.length,
    shareRead: 1,
  };
  const stored = { pageId: page.id, version, text, contentHash: `${id}/${version}`, capturedAt: 1 };
  await commitPage(library, { page, version: stored, spans, indexed: () => indexPassages(text, title, spans) }, async () => true);
}

const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 40 }).map((list) => `${list.join(' ')}.`);
const change = fc.record({
  page: fc.constantFrom(...'abcdefghijklmnop'),
  title: fc.constantFrom(...vocabulary),
  paragraphs: fc.option(fc.array(words, { minLength: 1, maxLength: 12 }), { freq: 4 }),
  /** After how many writes the worker dies that merges; `Infinity`: it doesn't. */
  thenMerge: fc.option(fc.constantFrom(0, 1, 2, 3, 5, Number.POSITIVE_INFINITY)),
  /** What becomes of one of the segments before that. */
  befalling: fc.option(fc.record({ which: fc.nat(), what: fc.constantFrom<Befalling>({ analyzerVersion: 1 }, { gramsDamaged: true }) }), {
    freq: 2,
  }),
  /** What becomes of the lengths of passages. */
  lengths: fc.option(fc.constantFrom<'lost' | 'garbled' | 'cut'>('lost', 'garbled', 'cut'), { freq: 4 }),
});

async function damageLengths(library: Library, how: 'lost' | 'garbled' | 'cut'): Promise<void> {
  const slab = await library.get('lengths', 0);
  if (!slab) return;
  const { lengths } = slab;
  if (how === 'lost') await library.delete('lengths', 0);
  else await library.put('lengths', { ...slab, lengths: how === 'cut' ? lengths.slice(0, 9) : lengths.map((length) => length + 5) }, 0);
}

type Befalling = Pick<Segment, 'analyzerVersion'> | Pick<Segment, 'gramsDamaged'>;

/** Each passage that holds a word of the vocabulary is found, or said not to have been looked at; and the worker that mends hears of it. */
async function expectAllOrSaid(library: Library): Promise<void> {
  const search = { text: vocabulary.join(' '), limit: 10_000 };
  const { passages, passagesNotSearched = 0 } = await librarySearcher(async () => library).search(search);
  expect(passages.length + passagesNotSearched).toBe((await storedPassages(library)).length);
}

/** Passages from which on a merged segment has an index of its grams. */
const someGrams = fc.constantFrom(0, 12, Number.POSITIVE_INFINITY);

describe('searching the library by words', () => {
  it('gives what scoring every passage the plain way gives, after any changes and deaths', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), words, someGrams, async (changes, question, leastWithGrams) => {
        const library = await temporaryLibrary();
        const kept = new LexicalCache();
        const pages = new Map<string, NaivePage>();
        let version = 0;
        for (const { page, title, paragraphs, thenMerge, befalling, lengths } of changes) {
          if (lengths) await damageLengths(library, lengths);
          if (paragraphs === null) {
            await deletePage(library, page as PageId);
            pages.delete(page);
          } else {
            const text = paragraphs
              .map((paragraph, index) => (index % 4 === 0 ? `## ${title} ${index}\n\n${paragraph}` : paragraph))
              .join('\n\n');
            await addPage(library, page, title, text, ++version);
            pages.set(page, { title, text });
          }
          if (lengths) await expectAllOrSaid(library);
          await searchPostings(library, { text: question, isUnfinished: false, limit: 3 }, kept);
          if (thenMerge === null) continue;
          const segments = (await library.getAll('segments')).filter(({ unfinished }) => !unfinished);
          const struck = befalling && segments[befalling.which % Math.max(1, segments.length)];
          if (struck) await library.put('segments', { ...struck, ...befalling.what });
          const { dying, dead } = dyingLibrary(library, thenMerge);
          await Promise.race([mergeSegments(dying, leastWithGrams), dead]);
        }
        const search = (limit = 1_000, cache = new LexicalCache()) =>
          searchPostings(library, { text: question, isUnfinished: false, limit }, cache);
        const expected = naiveScores(pages, question);
        const storedPassage = (id: number) => readPassages(library.transaction('passageRuns').store, [id as PassageId])[0];
        const keyOf = async (id: number) => {
          const passage = await storedPassage(id);
          return `${passage?.pageId}:${passage?.start}`;
        };
        await expectAllOrSaid(library);
        // What is dead still counts for how rare a part of a word is until it is merged away, but it is never found.
        const unmerged = await Promise.all((await search()).passages.map(({ id }) => storedPassage(id)));
        expect(unmerged).not.toContain(undefined);

        await mergeSegments(library, leastWithGrams);
        const { passages, pagesInLibrary } = await search();
        expect(pagesInLibrary).toBe(pages.size);
        const found = new Map(await Promise.all(passages.map(async ({ id, score }) => [await keyOf(id), score] as const)));
        expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [key, score] of expected) expect(found.get(key)).toBeCloseTo(score, 4);

        // The same from memory, and of few wanted just the best.
        await search(1, kept);
        expect((await search(1_000, kept)).passages).toEqual(passages);
        const few = (await search(3, kept)).passages;
        expect(few.map(({ id }) => id)).toEqual(passages.slice(0, 3).map(({ id }) => id));
        for (const [place, { score, coverage }] of few.entries()) {
          expect(score).toBeCloseTo(passages[place]?.score ?? 0, 4);
          expect(coverage).toBeCloseTo(passages[place]?.coverage ?? 0, 4);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves nothing behind of a page that is deleted', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', 'Lamps', 'The keeper trimmed the wick.');
    await deletePage(library, 'a' as PageId);
    await mergeSegments(library);
    for (const store of [
      'pages',
      'versions',
      'passageRuns',
      'segments',
      'termDictionaries',
      'postingBlocks',
      'indexedPages',
      'vectorBlocks',
    ] as const) {
      expect(await library.count(store), store).toBe(0);
    }
  });

  it('says how much of the question a passage holds', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', '', 'The keeper trimmed the wick.');
    const search = async (text: string) =>
      (await librarySearcher(async () => library).search({ text, limit: 1 })).passages[0]?.wordCoverage;
    expect(await search('keeper wick')).toBeCloseTo(1);
    expect(await search('keeper submarine')).toBeCloseTo(0.5);
  });

  it('finds nothing, without complaint, for a question of marks only or in an empty library', async () => {
    const library = await temporaryLibrary();
    expect((await librarySearcher(async () => library).search({ text: '?! 😀', limit: 5 })).passages).toEqual([]);
  });
});

describe('searching the library by vectors', () => {
  const modelKey = 'test model';
  const vector = (...components: number[]) => normalizeVector(Float32Array.from(components));

  it('finds a passage that shares no word with the question', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', '', 'The keeper trimmed the wick.');
    await addPage(library, 'b', '', 'Storms sank the ship.');
    await commitVectors(library, 'a' as PageId, 1, { modelKey, vectors: [vector(1, 0.1, 0)] }, async () => true);
    await commitVectors(library, 'b' as PageId, 1, { modelKey, vectors: [vector(0, 0.1, 1)] }, async () => true);
    const { passages } = await librarySearcher(async () => library).search({
      text: 'tempest',
      limit: 5,
      vector: { modelKey, values: vector(0, 0, 1) },
    });
    expect(passages[0]?.pageId).toBe('b');
    expect(passages[0]?.similarity).toBeCloseTo(0.995, 2);
  });

  it('gives the exact similarity of what it gives back, also where it has found it by words and only estimated its vector', async () => {
    const library = await temporaryLibrary();
    // So long that eighty vectors fill a slab.
    const random = gaussians(3);
    const values = normalizeVector(random(12_288));
    const vectors = Array.from({ length: 82 }, (_, page) =>
      normalizeVector(random(12_288).map((component, place) => component + (page < 10 ? 60 * (values[place] ?? 0) : 0))),
    );
    for (const [page, vector] of vectors.entries()) {
      await addPage(library, `page ${page}`, '', page === 70 ? 'A tempest.' : 'The keeper trimmed the wick.');
      await commitVectors(library, `page ${page}` as PageId, 1, { modelKey, vectors: [vector] }, async () => true);
    }
    const { passages } = await librarySearcher(async () => library).search({ text: 'tempest', limit: 82, vector: { modelKey, values } });
    const found = passages.find(({ pageId }) => pageId === 'page 70');
    expect(found?.similarity).toBeCloseTo(cosine(values, vectors[70] ?? values), 3);
    expect(passages.filter(({ similarity }) => similarity === undefined)).toEqual([]);
  });

  it('never compares vectors of two models', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', '', 'The keeper trimmed the wick.');
    await commitVectors(library, 'a' as PageId, 1, { modelKey: 'another', vectors: [vector(1, 0, 0)] }, async () => true);
    const { passages } = await librarySearcher(async () => library).search({
      text: 'tempest',
      limit: 5,
      vector: { modelKey, values: vector(1, 0, 0) },
    });
    expect(passages).toEqual([]);
  });

  it('learns how far to trust a model from whole questions to the whole library, and keeps it', async () => {
    const library = await temporaryLibrary();
    for (let page = 0; page < 20; page++) {
      const id = `page ${page}`;
      await addPage(library, id, '', page < 5 ? `The keeper trimmed ${page + 1} wicks.` : `Storms sank ship ${page}.`);
      await commitVectors(library, id as PageId, 1, { modelKey, vectors: [vector(1, page / 10, 0.1)] }, async () => true);
    }
    const searcher = librarySearcher(async () => library);
    const query = { text: 'keeper', limit: 5, vector: { modelKey, values: vector(1, 0, 0) } };
    const learned = async () => (await readVectorTrust(library, modelKey)).asked?.questions ?? 0;
    await searcher.search({ ...query, isUnfinished: true });
    await searcher.search({ ...query, scope: { sites: ['lamps.example'] } });
    await searcher.search({ ...query, vector: { ...query.vector, trust: 1 } });
    expect(await learned()).toBe(0);
    await searcher.search(query);
    await expect.poll(learned).toBe(5);
    await searcher.search(query);
    await expect.poll(learned).toBe(6);
  });

  it('forgets the vectors of a page that is deleted, and keeps those beside them', async () => {
    const library = await temporaryLibrary();
    for (const id of ['a', 'b']) {
      await addPage(library, id, '', 'The keeper trimmed the wick.');
      await commitVectors(library, id as PageId, 1, { modelKey, vectors: [vector(1, 0, 0)] }, async () => true);
    }
    await deletePage(library, 'a' as PageId);
    const { passages } = await librarySearcher(async () => library).search({
      text: 'x',
      limit: 5,
      vector: { modelKey, values: vector(1, 0, 0) },
    });
    expect(passages.map((passage) => passage.pageId)).toEqual(['b']);
  });
});

it('searches a library that was begun anew, not what is remembered of the one before', async () => {
  let library = await temporaryLibrary();
  const searcher = librarySearcher(async () => library);
  await addPage(library, 'a', 'Old', 'The keeper of the lamp.');
  const search = async (text: string) => (await searcher.search({ text, limit: 5 })).passages.map(({ pageId }) => pageId);
  expect(await search('keeper')).toEqual(['a']);
  library = await temporaryLibrary();
  await addPage(library, 'b', 'New', 'A phare in a storm.');
  expect(await search('keeper')).toEqual([]);
  expect(await search('phare')).toEqual(['b']);
});
