import { beforeEach, describe, expect, it } from 'vitest';
import type { PageId } from '../../../src/core/pages/page';
import { parseQuery } from '../../../src/core/search/parse-query';
import type { SearchQuery } from '../../../src/core/search/search';
import { normalizeVector } from '../../../src/core/vectors/quantize-vector';
import { mergeSegments } from '../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { commitVectors } from '../../../src/storage/pages/index-page';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

let library: Library;

beforeEach(async () => {
  library = await temporaryLibrary();
});

/** Pages found, the best first, each once. Operators are taken out as they are for a person. */
async function find(written: string, rest: Partial<SearchQuery> = {}): Promise<string[]> {
  const result = await librarySearcher(async () => library).search({ limit: 50, ...parseQuery(written), ...rest });
  return [...new Set(result.passages.map(({ pageId }) => pageId as string))];
}

async function addAll(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) await addPage(library, name, { text });
}

describe('a phrase', () => {
  it('is wanted word for word, in its order', async () => {
    await addAll({
      right: 'The keeper of the light slept.',
      forms: 'The keepers of the light slept.',
      order: 'The light of the keeper. Of the keeper.',
    });
    expect(await find('"keeper of the light"')).toEqual(['right']);
  });

  it('is found across marks, formatting and lines', async () => {
    await addAll({
      marks: 'The keeper, of — the light!',
      bold: 'The **keeper** of the [light](https://a.example/).',
      lines: 'The keeper of\nthe light.',
    });
    expect((await find('"keeper of the light"')).sort()).toEqual(['bold', 'lines', 'marks']);
  });

  it('does not begin in the title or a heading and end in the text', async () => {
    await addPage(library, 'apart', { title: 'The keeper', text: '# Of the light\n\nHouse of the lamp.' });
    await addPage(library, 'whole', { title: 'Light house', text: 'Nothing of it here.' });
    expect(await find('"light house"')).toEqual(['whole']);
    // No passage holds it: its words count.
    expect(await find('"keeper of the light"')).toContain('apart');
  });

  it('counts as words when no passage holds it', async () => {
    await addAll({ words: 'The light was kept by a keeper.', none: 'A ship.' });
    expect(await find('"keeper light"')).toEqual(['words']);
  });

  it('has to be there with every other phrase', async () => {
    await addAll({ both: 'Oil lamp and glass eye.', one: 'Oil lamp and eye of glass.' });
    expect(await find('"oil lamp" "glass eye"')).toEqual(['both']);
  });

  it('is found though hundreds of passages that hold its words rank before it', async () => {
    for (let page = 0; page < 60; page++) await addPage(library, `p${page}`, { text: 'Lamp oil lamp oil.', title: 'Lamp oil' });
    await addPage(library, 'phrase', { text: `${'Nothing else is told of it. '.repeat(30)} The oil of the lamp.` });
    expect((await find('lamp oil', { limit: 10 })).includes('phrase')).toBe(false);
    expect(await find('"oil of the lamp"', { limit: 10 })).toEqual(['phrase']);
  });
});

describe('what is excluded', () => {
  beforeEach(() =>
    addAll({
      plain: 'A lamp with a wick.',
      forms: 'A lamp with many wires.',
      phrase: 'A lamp for a glass house of glass.',
      split: 'A lamp for a house of glass.',
    }),
  );

  it('is left out in all forms of a word', async () => {
    expect((await find('lamp -wire')).sort()).toEqual(['phrase', 'plain', 'split']);
  });

  it('is left out as a phrase only where it stands as it is', async () => {
    expect((await find('lamp -"glass house"')).sort()).toEqual(['forms', 'plain', 'split']);
  });

  it('is left out when it stands in the title or in a heading', async () => {
    await addPage(library, 'titled', { title: 'Wires', text: 'A lamp.' });
    await addPage(library, 'headed', { text: '# Of wires\n\nA lamp.' });
    expect((await find('lamp -wire')).sort()).toEqual(['phrase', 'plain', 'split']);
  });

  it('is left out by the rules of the page’s language', async () => {
    await addPage(library, 'german', { language: 'de', text: 'Lamp: die Häuser am Hafen.' });
    expect(await find('lamp -haus')).not.toContain('german');
    expect(await find('lamp -hase')).toContain('german');
  });

  it('stays out when no passage holds the phrase that is wanted', async () => {
    expect((await find('"wick lamp" -wire')).sort()).toEqual(['phrase', 'plain', 'split']);
  });

  it('may leave nothing', async () => {
    expect(await find('lamp -a -lamp')).toEqual([]);
  });
});

describe('a scope', () => {
  it('is searched inside, however many better passages are outside', async () => {
    for (let page = 0; page < 260; page++) await addPage(library, `p${page}`, { title: 'Lamp', text: 'Lamp lamp lamp.' });
    await addPage(library, 'inside', { url: 'https://docs.oil.example/', text: `${'Much else. '.repeat(80)} A lamp.`, tags: ['light'] });
    await mergeSegments(library);
    expect(await find('lamp site:oil.example', { limit: 3 })).toEqual(['inside']);
    expect(await find('lamp tag:light', { limit: 3 })).toEqual(['inside']);
    expect(await find('lamp -site:lamps.example', { limit: 3 })).toEqual(['inside']);
    expect(await find('lamp', { scope: { pageIds: ['inside' as PageId] } })).toEqual(['inside']);
    expect(await find('lamp site:nowhere.example')).toEqual([]);
  });
});

describe('with vectors', () => {
  const modelKey = 'a model';
  const vector = (...components: number[]) => normalizeVector(Float32Array.from(components));
  const near = { vector: { modelKey, values: vector(1, 0.1) } };

  beforeEach(async () => {
    await addAll({ wire: 'Cables and wires.', wick: 'Cotton and wicks.', glass: 'A glass house.' });
    for (const [name, values] of Object.entries({ wire: vector(1, 0), wick: vector(1, 0.2), glass: vector(1, 0.4) })) {
      await commitVectors(library, name as PageId, 1, { modelKey, vectors: [values] }, async () => true);
    }
  });

  it('what shares no word with the question is found, but not when it is excluded', async () => {
    expect((await find('tempest', near)).sort()).toEqual(['glass', 'wick', 'wire']);
    expect((await find('tempest -wires', near)).sort()).toEqual(['glass', 'wick']);
  });

  it('a phrase narrows what is alike', async () => {
    expect(await find('"glass house"', near)).toEqual(['glass']);
  });

  it('a scope narrows what is alike', async () => {
    expect(await find('tempest', { ...near, scope: { pageIds: ['wick' as PageId] } })).toEqual(['wick']);
  });
});

describe('questions of all kinds', () => {
  beforeEach(async () => {
    await addAll({
      keeper: 'The lighthouse keeper trimmed the wick of the lamp at dusk.',
      ship: 'The ship sailed at dawn.',
      japanese: '灯台守は夜に灯を点した。',
      code: 'Call getUserById(7) to read utf-8 from the b52s.',
    });
    await addPage(library, 'russian', { language: 'ru', text: 'Смотритель маяка зажёг лампы.' });
    await addPage(library, 'french', { language: 'fr', text: 'Le gardien de l’hôtel alluma les lampes.' });
  });

  it('a misspelled word is found', async () => {
    expect((await find('lighthuose'))[0]).toBe('keeper');
    expect((await find('keper'))[0]).toBe('keeper');
    expect((await find('зажег лампу'))[0]).toBe('russian');
  });

  it('a name is found exactly', async () => {
    for (const name of ['getUserById', 'GETUSERBYID', 'utf-8', 'b52s']) expect((await find(name))[0], name).toBe('code');
  });

  it('each language is searched by its own rules, and a page of unknown language by those of English', async () => {
    expect((await find('hôtels'))[0]).toBe('french');
    expect((await find('hotel'))[0]).toBe('french');
    expect((await find('маяк'))[0]).toBe('russian');
    expect((await find('trimming'))[0]).toBe('keeper');
    const result = await librarySearcher(async () => library).search({ text: 'trimming', limit: 1 });
    expect(result.passages[0]?.wordCoverage).toBeCloseTo(1);
  });

  it('scripts may be mixed', async () => {
    expect((await find('灯台守 keeper маяк 😀')).slice(0, 3).sort()).toEqual(['japanese', 'keeper', 'russian']);
  });

  it('of stop words only, marks only or nothing, nothing is made up', async () => {
    expect((await find('the of at')).sort()).toEqual(expect.arrayContaining(['keeper', 'ship']));
    for (const nothing of ['', '   ', '?!… —', '😀 🎉', '""', 'ـ']) expect(await find(nothing), nothing).toEqual([]);
  });

  it('of ten thousand words is answered by its first part', async () => {
    const text = `lighthouse keeper ${Array.from({ length: 10_000 }, (_, index) => `zq${index.toString(36)}x`).join(' ')}`;
    expect((await find(text))[0]).toBe('keeper');
  });

  it('while typing, the last word may be the beginning of one', async () => {
    expect(await find('light', { isUnfinished: true })).toContain('keeper');
    expect((await find('ship saile', { isUnfinished: true }))[0]).toBe('ship');
    expect((await find('hôt', { isUnfinished: true }))[0]).toBe('french');
    expect((await find('getuser', { isUnfinished: true }))[0]).toBe('code');
    expect(await find('', { isUnfinished: true })).toEqual([]);
  });
});
