import { describe, expect, it } from 'vitest';
import { findPassages } from '../../../src/background/find/find-passages';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import type { RankedPassage, Searcher, SearchQuery, SearchResult } from '../../../src/core/search/search';
import type { EmbeddingModel } from '../../../src/models/embedding-model';

const passage = (id: number, score: number, wordCoverage = 1): RankedPassage => ({
  passageId: id as PassageId,
  pageId: `page ${id}` as PageId,
  version: 1,
  start: 0,
  end: 10,
  headingPath: [],
  score,
  wordCoverage,
});

/** Remembers what it was asked, and gives back what is filed under the words. */
function searcherWith(results: Readonly<Record<string, Partial<SearchResult>>> = {}): Searcher & { readonly asked: SearchQuery[] } {
  const asked: SearchQuery[] = [];
  return {
    asked,
    async search(query) {
      asked.push(query);
      return { pagesSearched: 1, passages: [], ...results[query.text] };
    },
  };
}

function embeddingModel(): EmbeddingModel & { readonly embedded: string[] } {
  const embedded: string[] = [];
  return {
    key: 'test',
    embedded,
    async embed(texts: readonly string[]) {
      embedded.push(...texts);
      return texts.map(() => Float32Array.of(3, 4));
    },
  } as unknown as EmbeddingModel & { readonly embedded: string[] };
}

function find(searcher: Searcher, question: string, earlier: readonly string[] = [], model?: EmbeddingModel, standalone?: string) {
  const before = { questions: earlier, ...(standalone ? { standalone } : {}) };
  return findPassages(question, before, { searcher, embeddingModel: model }, new AbortController().signal);
}

describe('operators in a question', () => {
  it('are obeyed by the search, and not searched for as words', async () => {
    const searcher = searcherWith();
    const { query } = await find(searcher, 'when was the "first-order lens" lit -oil site:lamps.example tag:optics');
    const expected = {
      text: 'when was the first-order lens lit',
      phrases: ['first-order lens'],
      excluded: ['oil'],
      scope: { sites: ['lamps.example'], tags: ['optics'] },
    };
    expect(query).toEqual(expected);
    expect(searcher.asked).toMatchObject([expected]);
  });

  it('leave no scope where none is given', async () => {
    const searcher = searcherWith();
    await find(searcher, 'when was the lens lit');
    expect(searcher.asked[0]).not.toHaveProperty('scope');
  });

  it('are not embedded', async () => {
    const model = embeddingModel();
    await find(searcherWith(), 'which lens site:lamps.example -oil', [], model);
    expect(model.embedded).toEqual(['which lens']);
  });

  it('hold for a follow-up only when they are typed in it', async () => {
    const searcher = searcherWith();
    const { query } = await find(searcher, 'And who built the tower?', ['which lens site:lamps.example -oil']);
    expect(query).toMatchObject({ scope: {}, excluded: [] });
    expect(searcher.asked.map(({ text, scope, excluded }) => ({ text, scope, excluded }))).toEqual([
      { text: 'And who built the tower?', scope: undefined, excluded: [] },
      { text: 'which lens And who built the tower?', scope: undefined, excluded: [] },
    ]);
    await find(searcher, 'And who built the tower? site:towers.example', ['which lens']);
    expect(searcher.asked.slice(2)).toMatchObject([{ scope: { sites: ['towers.example'] } }, { scope: { sites: ['towers.example'] } }]);
  });

  it('ask the question before again when they are typed alone', async () => {
    const searcher = searcherWith({ 'which "lens"': {}, 'which lens': { passages: [passage(1, 5)] } });
    const { passages } = await find(searcher, 'site:b.example -fog', ['which "lens" -oil site:a.example']);
    expect(searcher.asked).toEqual([
      expect.objectContaining({ text: 'which lens', phrases: ['lens'], excluded: ['oil', 'fog'], scope: { sites: ['b.example'] } }),
    ]);
    expect(passages).toHaveLength(1);
    await find(searcher, 'And who built it?', ['which lens', 'site:b.example']);
    expect(searcher.asked.at(-1)).toMatchObject({ text: 'which lens And who built it?' });
  });

  it('find nothing alone when nothing was asked before, and embed nothing', async () => {
    const model = embeddingModel();
    expect(await find(searcherWith(), 'site:lamps.example', [], model)).toMatchObject({ passages: [], pagesSearched: 1 });
    expect(model.embedded).toEqual([]);
  });
});

describe('a follow-up', () => {
  it('is searched for with what the conversation is about, however far back that was named', async () => {
    const searcher = searcherWith();
    await find(searcher, 'And how tall is it?', ['When was Cordouan lit?', 'Who designed it?']);
    expect(searcher.asked.map(({ text }) => text)).toEqual([
      'And how tall is it?',
      'When was Cordouan lit? Who designed it? And how tall is it?',
    ]);
  });

  it('is searched for in words that stand alone where there are some, which may find what its own words do not', async () => {
    const searcher = searcherWith({ 'How tall is the tower of Cordouan?': { passages: [passage(1, 5)] } });
    const { passages } = await find(
      searcher,
      'And how many metres up does it go?',
      ['When was Cordouan lit?'],
      undefined,
      'How tall is the tower of Cordouan?',
    );
    expect(searcher.asked.map(({ text }) => text)).toEqual(['And how many metres up does it go?', 'How tall is the tower of Cordouan?']);
    expect(passages.map(({ passageId }) => passageId)).toEqual([1]);
  });

  describe('of a word or two', () => {
    const lens = 'When was the great lens lit?';
    const about = (question: string) => ({ [`${lens} ${question}`]: { passages: [passage(1, 9, 0.7)] } });

    it.each(['And why?', 'Und warum?', 'Quand ?', '为什么?'])('finds what was asked about before: %s', async (question) => {
      const { passages } = await find(searcherWith(about(question)), question, [lens]);
      expect(passages.map(({ passageId }) => passageId)).toEqual([1]);
    });

    it('finds it too where its word stands in some page', async () => {
      const searcher = searcherWith({ ...about('The weight?'), 'The weight?': { passages: [passage(2, 5, 0.8)] } });
      expect((await find(searcher, 'The weight?', [lens])).passages.map(({ passageId }) => passageId).sort()).toEqual([1, 2]);
    });

    it('finds nothing where its word stands nowhere', async () => {
      expect((await find(searcherWith(about('quasar')), 'quasar', [lens])).passages).toEqual([]);
    });

    it('finds nothing where of its words only a small one stands in pages, as in most', async () => {
      const searcher = searcherWith({ ...about('And quasars?'), 'And quasars?': { passages: [passage(2, 1, 0.08), passage(1, 1, 0.08)] } });
      expect((await find(searcher, 'And quasars?', [lens])).passages).toEqual([]);
    });

    it('finds nothing where its word stands nowhere and no vector is near to it', async () => {
      const far = { passages: [{ ...passage(3, 1, 0), similarity: 0.1 }], relevantSimilarity: 0.3 };
      const near = { passages: [passage(1, 9, 0.7), { ...passage(3, 1, 0), similarity: 0.1 }], relevantSimilarity: 0.3 };
      const searcher = searcherWith({ quasar: far, [`${lens} quasar`]: near });
      expect((await find(searcher, 'quasar', [lens], embeddingModel())).passages).toEqual([]);
    });
  });
});

describe('what was found', () => {
  it('is left out when it holds too little of the question', async () => {
    const searcher = searcherWith({ 'which lens': { passages: [passage(1, 5), passage(2, 4, 0.1)] } });
    expect((await find(searcher, 'which lens')).passages.map(({ passageId }) => passageId)).toEqual([1]);
  });

  it('says how much could not be searched', async () => {
    const searcher = searcherWith({ 'which lens': { passagesNotSearched: 12 } });
    expect(await find(searcher, 'which lens')).toMatchObject({ passagesNotSearched: 12 });
    expect(await find(searcherWith(), 'which lens')).not.toHaveProperty('passagesNotSearched');
  });

  it('for a follow-up is ranked by what it scores with and without the question before', async () => {
    const searcher = searcherWith({
      'and who built it then': { passages: [passage(1, 10), passage(2, 8), passage(3, 7)] },
      'which lens and who built it then': { passages: [passage(2, 50), passage(3, 30), passage(1, 5)] },
    });
    const { passages } = await find(searcher, 'and who built it then', ['which lens']);
    expect(passages.map(({ passageId, score }) => [passageId, Number(score.toFixed(2))])).toEqual([
      [2, 1.8],
      [3, 1.3],
      [1, 1.1],
    ]);
  });
});
