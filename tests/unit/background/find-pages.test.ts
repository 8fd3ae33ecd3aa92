import { describe, expect, it } from 'vitest';
import { findPages } from '../../../src/background/find/find-pages';
import { passageTexts } from '../../../src/background/find/passage-texts';
import { indexPassages } from '../../../src/core/lexical/index-passages';
import type { PageId } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import type { Searcher, SearchQuery } from '../../../src/core/search/search';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { markDeleted, takeBackDeletion } from '../../../src/storage/pages/deletions';
import { commitPage, deletePage } from '../../../src/storage/pages/index-page';
import { notePage, tagPage } from '../../../src/storage/pages/tag-page';
import type { Library } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

async function save(library: Library, title: string, text: string, savedAt = 1): Promise<PageId> {
  const spans = splitPassages(text);
  const id = title as PageId;
  const url = `https://${title.replaceAll(' ', '-')}.example/`;
  const page = {
    id,
    canonicalUrl: url,
    url,
    addresses: [url],
    title,
    site: '',
    savedAt,
    capturedAt: savedAt,
    version: 1,
    passageCount: spans.length,
  };
  const version = { pageId: id, version: 1, text, contentHash: title, capturedAt: savedAt };
  const commit = { page: { ...page, shareRead: 1 }, version, spans, indexed: () => indexPassages(text, title, spans) };
  await commitPage(library, commit, async () => true);
  return id;
}

async function setUp() {
  const library = await temporaryLibrary();
  const searcher = librarySearcher(async () => library);
  const readTexts = passageTexts();
  const asked: SearchQuery[] = [];
  const listening: Searcher = {
    search(query) {
      asked.push(query);
      return searcher.search(query);
    },
  };
  const find = (text: string, limit = 10, first = limit) => findPages(text, { limit, first }, { library, searcher: listening, readTexts });
  return { library, find, asked };
}

const titles = ({ pages }: Awaited<ReturnType<typeof findPages>>) => pages.map(({ page }) => page.title);
const sentences = (words: string) => `${'Nothing happened that day. '.repeat(80)}${words} ${'And nothing the day after. '.repeat(80)}`;

describe('Finding pages', () => {
  it('gives each page once, with the passage that is best and a snippet in plain words', async () => {
    const { library, find } = await setUp();
    const text = sentences('The **keeper** trimmed the [wick](https://a.example/).');
    await save(library, 'Night', text);
    const { pages, hasMore } = await find('keeper wick');
    expect(hasMore).toBe(false);
    expect(pages).toHaveLength(1);
    const passage = pages[0]?.passage;
    expect(text.slice(passage?.start, passage?.end)).toContain('**keeper**');
    const { text: shown = '', highlights = [] } = passage?.snippet ?? {};
    expect(shown).toContain('The keeper trimmed the wick.');
    expect(highlights.map(({ start, end }) => shown.slice(start, end))).toEqual(['keeper', 'wick']);
  });

  it('opens a page that only its title brings up at its beginning', async () => {
    const { library, find } = await setUp();
    await save(library, 'Fresnel lamps', 'They are made of rings.');
    const [found] = (await find('lamp')).pages;
    expect(found?.titleHighlights).toMatchObject([{ start: 8, end: 13 }]);
    expect(found).not.toHaveProperty('passage');
  });

  it('leaves out pages that have too little of what was asked for, and says when there are more', async () => {
    const { library, find } = await setUp();
    for (const name of ['a', 'b', 'c']) await save(library, name, 'The lighthouse keeper trimmed the wick.');
    await save(library, 'd', 'The soup is hot.');
    expect(titles(await find('the lighthouse keeper trimmed wicks')).sort()).toEqual(['a', 'b', 'c']);
    expect(await find('keeper', 2)).toMatchObject({ hasMore: true, pages: [{}, {}] });
  });

  it('leaves out a page that went away meanwhile', async () => {
    const { library, find } = await setUp();
    const id = await save(library, 'a', 'The keeper.');
    const searcher = librarySearcher(async () => library);
    const slow: Searcher = {
      async search(query) {
        const result = await searcher.search(query);
        await deletePage(library, id);
        return result;
      },
    };
    expect(titles(await findPages('keeper', { limit: 10 }, { library, searcher: slow, readTexts: passageTexts() }))).toEqual([]);
    expect(titles(await find('keeper'))).toEqual([]);
  });

  it('takes the last word for unfinished while it is being typed, and only then', async () => {
    const { find, asked } = await setUp();
    for (const text of ['the kee', 'the kee ', '"the kee"', 'the kee?', 'the kee site:example.org', '守 灯']) await find(text);
    expect(asked.map(({ isUnfinished }) => isUnfinished)).toEqual([true, false, false, false, false, true]);
  });

  it('leaves what was found for the words before when one letter more is typed, but brings the pages first where it is a word', async () => {
    const { library, find } = await setUp();
    for (const plan of ['Plan A', 'Plan B', 'Plan C'])
      await save(library, plan, `What is to be done by the plan, and better by far than before.`);
    expect(titles(await find('plan x'))).toEqual(titles(await find('plan ')));
    expect(titles(await find('plan x'))).toHaveLength(3);
    expect(titles(await find('plan c'))[0]).toBe('Plan C');
    expect(titles(await find('plan b'))[0]).toBe('Plan B');
    expect(titles(await find('plan b'))).toHaveLength(3);
  });

  it('describes only the first where no more are asked for, and says how many there are', async () => {
    const { library, find } = await setUp();
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries())
      await tagPage(library, await save(library, name, `${'Lamp. '.repeat(index + 1)}${'Nothing else. '.repeat(9)}`), ['x']);
    for (const written of ['lamp', 'tag:x']) {
      const whole = await find(written, 3);
      expect(whole).toMatchObject({ hasMore: true, pages: [{}, {}, {}] });
      expect(whole).not.toHaveProperty('pagesToCome');
    }
    const whole = await find('lamp', 3);
    expect(await find('lamp', 3, 2)).toEqual({ ...whole, pages: whole.pages.slice(0, 2), pagesToCome: 1 });
    // Low rows without a snippet, of which more are in sight than of those that words find.
    expect(await find('tag:x', 3, 2)).toEqual(await find('tag:x', 3));
    expect(await find('lamp', 10, 6)).toEqual(await find('lamp'));
  });

  it('leaves out what is to be deleted, from then on and until it is taken back', async () => {
    const { library, find } = await setUp();
    for (const name of ['a', 'b']) await save(library, name, 'A lamp of brass.');
    expect(titles(await find('lam'))).toEqual(['a', 'b']);
    await markDeleted(library, ['a' as PageId], 5_000);
    for (const text of ['lamp', 'lamp ', 'bras']) expect(titles(await find(text))).toEqual(['b']);
    await takeBackDeletion(library, 5_000);
    for (const text of ['lamp', 'brass']) expect(titles(await find(text))).toEqual(['a', 'b']);
  });

  it('lists other pages beside a long one that has all the best passages', async () => {
    const { library, find } = await setUp();
    await save(library, 'Lamp', `# Lamp\n\n${'Lamp lamp lamp. '.repeat(80)}\n\n`.repeat(20));
    await save(library, 'short', `${'Much else is told here. '.repeat(30)} A lamp.`);
    expect(titles(await find('lamp', 2))).toEqual(['Lamp', 'short']);
  });

  it('says when part of the index could not be searched', async () => {
    const { library } = await setUp();
    const searcher: Searcher = { search: async () => ({ pagesSearched: 1, passagesNotSearched: 4, passages: [] }) };
    const result = await findPages('lamp', { limit: 10 }, { library, searcher, readTexts: passageTexts() });
    expect(result).toEqual({ pages: [], hasMore: false, passagesNotSearched: 4 });
  });

  it('hands operators to the search', async () => {
    const { find, asked } = await setUp();
    await find('"oil lamp" -gas site:example.org');
    expect(asked).toMatchObject([{ text: 'oil lamp', phrases: ['oil lamp'], excluded: ['gas'], scope: { sites: ['example.org'] } }]);
  });
});

describe('Notes', () => {
  async function setUpNotes() {
    const { library, find } = await setUp();
    for (const [index, name] of ['a', 'b', 'c'].entries()) await save(library, name, 'The gas lamp.', index);
    await notePage(library, 'a' as PageId, 'For the talk on lighthouses in May');
    await notePage(library, 'b' as PageId, 'Another talk, about bread');
    return { library, find };
  }

  it('bring up their pages by all of the words, in any form, and while they are typed', async () => {
    const { find } = await setUpNotes();
    expect(titles(await find('talk'))).toEqual(['b', 'a']);
    const [found] = (await find('lighthouse talk')).pages;
    expect(found?.page.id).toBe('a');
    expect(found).not.toHaveProperty('passage');
    expect(found?.note?.highlights.map(({ start, end }) => found.note?.text.slice(start, end))).toEqual(['talk', 'lighthouses']);
    expect(titles(await find('talk lightho'))).toEqual(['a']);
    expect(titles(await find('talk lighthouse bread'))).toEqual([]);
  });

  it('go by operators as texts do', async () => {
    const { library, find } = await setUpNotes();
    await tagPage(library, 'b' as PageId, ['x']);
    expect(titles(await find('talk tag:x'))).toEqual(['b']);
    expect(titles(await find('talk -bread'))).toEqual(['a']);
    expect(titles(await find('talk -gas')), 'which stands in the text').toEqual([]);
    expect(titles(await find('"talk on lighthouses"'))).toEqual(['a']);
    expect(titles(await find('"lighthouses on talk"'))).toEqual([]);
  });

  it('come before what the text alone brings up, each page once, and are no longer found when they go', async () => {
    const { library, find } = await setUpNotes();
    await notePage(library, 'a' as PageId, 'The lamp that I saw');
    const both = await find('lamp');
    expect(titles(both).sort()).toEqual(['a', 'b', 'c']);
    expect(both.pages[0]).toMatchObject({ page: { id: 'a' }, note: {}, passage: {} });
    expect(await find('lamp', 2)).toMatchObject({ hasMore: true, pages: [{}, {}] });
    await markDeleted(library, ['b' as PageId], 5_000);
    await notePage(library, 'a' as PageId, '');
    expect(titles(await find('talk'))).toEqual([]);
  });
});

describe('Operators alone', () => {
  it('give all the pages they leave, the newest first', async () => {
    const { library, find } = await setUp();
    for (const [index, name] of ['a', 'b', 'c'].entries()) await tagPage(library, await save(library, name, 'Gas.', index), ['x']);
    await save(library, 'untagged', 'Gas.', 9);
    expect(titles(await find('tag:x'))).toEqual(['c', 'b', 'a']);
    expect(await find('tag:x', 1)).toMatchObject({ hasMore: true, pages: [{ page: { title: 'c' } }] });
  });

  it('give none that holds a word that is not wanted', async () => {
    const { library, find } = await setUp();
    await tagPage(library, await save(library, 'a', 'The gas lamp.'), ['x']);
    await tagPage(library, await save(library, 'b', 'The oil lamp.'), ['x']);
    expect(titles(await find('tag:x -gas'))).toEqual(['b']);
  });

  it('look as far back as it takes, and say where they stopped', async () => {
    const { library, find } = await setUp();
    for (let number = 0; number < 1_030; number++) {
      const id = await save(library, `p${number}`, number < 3 || number === 700 ? 'The oil lamp.' : 'The gas lamp.', number);
      if (number < 210) await tagPage(library, id, ['x']);
    }
    // Further back than the newest two hundred.
    expect(await find('tag:x -gas')).toEqual({ hasMore: false, pages: [{}, {}, {}].map(() => expect.anything()) });
    const { pages, ...rest } = await find('after:1970 -gas', 2);
    expect(pages.map(({ page }) => page.title)).toEqual(['p700']);
    expect(rest).toEqual({ hasMore: false, newestLookedAt: 1_002 });
    expect(await find('after:1970 -gas', 1)).toMatchObject({ newestLookedAt: 1_000, pages: [{ page: { title: 'p700' } }] });
  }, 30_000);

  it('give none that holds another form of it, and all that do not hold it', async () => {
    const { library, find } = await setUp();
    await tagPage(library, await save(library, 'forms', `${sentences('Much else.')} The wires burned.`, 3), ['x']);
    await tagPage(library, await save(library, 'Wires', 'Nothing.', 2), ['x']);
    await tagPage(library, await save(library, 'without', 'The wick burned.', 1), ['x']);
    expect(titles(await find('tag:x -wire'))).toEqual(['without']);
    expect(await find('tag:x -lens', 2)).toMatchObject({ hasMore: true, pages: [{ page: { title: 'forms' } }, {}] });
  });
});

it('finds nothing for nothing, and asks for nothing', async () => {
  const { find, asked } = await setUp();
  expect(await find('  ')).toEqual({ pages: [], hasMore: false });
  expect(asked).toEqual([]);
});
