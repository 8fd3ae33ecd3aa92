import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeText } from '../../../src/core/analyze-text';
import { inverseDocumentFrequency, termScore, weightedFrequency } from '../../../src/core/bm25';
import { indexPassages } from '../../../src/core/index-passages';
import type { PageId } from '../../../src/core/page';
import { normalizeVector } from '../../../src/core/quantize-vector';
import { splitPassages } from '../../../src/core/split-passages';
import { commitPage, commitVectors, deletePage } from '../../../src/storage/index-page';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { mergeSegments } from '../../../src/storage/merge-segments';
import type { Library } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

const vocabulary = ['lamp', 'oil', 'wick', 'keeper', 'storm', 'ship', 'glass', 'stair', '灯台', 'phare'];

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
  await commitPage(library, { page, version: stored, spans, indexed: indexPassages(text, title, spans) }, async () => true);
}

/** BM25 computed the plain way, from the texts alone. */
function naiveScores(pages: ReadonlyMap<string, { title: string; text: string }>, question: string): Map<string, number> {
  const passages = [...pages].flatMap(([id, { title, text }]) =>
    splitPassages(text).map((span) => ({
      key: `${id}:${span.start}`,
      body: analyzeText(text.slice(span.start, span.end)),
      heading: analyzeText(span.headingPath.join(' ')),
      title: analyzeText(title),
    })),
  );
  const average = passages.reduce((sum, { body }) => sum + body.length, 0) / passages.length;
  const scores = new Map<string, number>();
  for (const term of new Set(analyzeText(question))) {
    const count = (terms: string[]) => terms.filter((other) => other === term).length;
    const having = passages.filter(({ body, heading, title }) => count([...body, ...heading, ...title]) > 0);
    const idf = inverseDocumentFrequency(passages.length, having.length);
    for (const { key, body, heading, title } of having) {
      const score = termScore(idf, weightedFrequency(count(body), count(heading), count(title)), body.length, average);
      scores.set(key, (scores.get(key) ?? 0) + score);
    }
  }
  return scores;
}

const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 40 }).map((list) => `${list.join(' ')}.`);
const change = fc.record({
  page: fc.constantFrom(...'abcdefghijklmnop'),
  title: fc.constantFrom(...vocabulary),
  paragraphs: fc.option(fc.array(words, { minLength: 1, maxLength: 12 }), { freq: 4 }),
  thenMerge: fc.boolean(),
});

describe('searching the library by words', () => {
  it('gives what scoring every passage the plain way gives, after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), words, async (changes, question) => {
        const library = await temporaryLibrary();
        const pages = new Map<string, { title: string; text: string }>();
        let version = 0;
        for (const { page, title, paragraphs, thenMerge } of changes) {
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
          if (thenMerge) await mergeSegments(library);
        }
        const result = await librarySearcher(async () => library).search({ text: question, limit: 1_000 });
        const found = new Map(result.passages.map((passage) => [`${passage.pageId}:${passage.start}`, passage.score]));
        const expected = naiveScores(pages, question);
        expect(result.pagesSearched).toBe(pages.size);
        expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [key, score] of expected) expect(found.get(key)).toBeCloseTo(score, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves nothing behind of a page that is deleted', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', 'Lamps', 'The keeper trimmed the wick.');
    await deletePage(library, 'a' as PageId);
    await mergeSegments(library);
    for (const store of ['pages', 'versions', 'passages', 'segments', 'termTables', 'indexedPages', 'vectors'] as const) {
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
    await commitVectors(library, 'a' as PageId, 1, { modelKey, vectors: [vector(1, 0.1, 0)] }, async () => {});
    await commitVectors(library, 'b' as PageId, 1, { modelKey, vectors: [vector(0, 0.1, 1)] }, async () => {});
    const { passages } = await librarySearcher(async () => library).search({
      text: 'tempest',
      limit: 5,
      vector: { modelKey, values: vector(0, 0, 1) },
    });
    expect(passages[0]?.pageId).toBe('b');
    expect(passages[0]?.similarity).toBeCloseTo(0.995, 2);
  });

  it('never compares vectors of two models', async () => {
    const library = await temporaryLibrary();
    await addPage(library, 'a', '', 'The keeper trimmed the wick.');
    await commitVectors(library, 'a' as PageId, 1, { modelKey: 'another', vectors: [vector(1, 0, 0)] }, async () => {});
    const { passages } = await librarySearcher(async () => library).search({
      text: 'tempest',
      limit: 5,
      vector: { modelKey, values: vector(1, 0, 0) },
    });
    expect(passages).toEqual([]);
  });

  it('forgets the vectors of a page that is deleted, and keeps those beside them', async () => {
    const library = await temporaryLibrary();
    for (const id of ['a', 'b']) {
      await addPage(library, id, '', 'The keeper trimmed the wick.');
      await commitVectors(library, id as PageId, 1, { modelKey, vectors: [vector(1, 0, 0)] }, async () => {});
    }
    await deletePage(library, 'a' as PageId);
    const { passages } = await librarySearcher(async () => library).search({
      text: 'x',
      limit: 5,
      vector: { modelKey, values: vector(1, 0, 0) },
    });
    expect(passages.map((passage) => passage.pageId)).toEqual(['b']);
    const [slab] = await library.getAll('vectors');
    expect(slab?.codes.slice(0, 3)).toEqual(new Int8Array(3));
  });

  it('spreads many vectors over slabs and finds each', async () => {
    const library = await temporaryLibrary();
    const text = Array.from(
      { length: 600 },
      (_, index) => `## Part ${index}\n\n${'the lamp was lit and the keeper slept '.repeat(13)}`,
    ).join('\n\n');
    await addPage(library, 'a', '', text);
    const count = splitPassages(text).length;
    const vectors = Array.from({ length: count }, (_, index) =>
      vector(...Array.from({ length: 24 }, (_, place) => Math.sin((index + 1) * (place + 1) * 1.7))),
    );
    await commitVectors(library, 'a' as PageId, 1, { modelKey, vectors }, async () => {});
    expect(count).toBeGreaterThan(512);
    expect(await library.count('vectors')).toBe(Math.ceil(count / 256));
    const { passages } = await librarySearcher(async () => library).search({
      text: '',
      limit: 1,
      vector: { modelKey, values: vectors[500] as Float32Array },
    });
    expect(passages[0]?.passageId).toBe(501);
  });
});
