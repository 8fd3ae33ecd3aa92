import { expect, it } from 'vitest';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { addPage } from '../../../support/add-page';
import { temporaryLibrary } from '../../../support/temporary-library';

/** English pages, and one each in Turkish and Polish: each word of a question is looked for by the rules of all. */
async function setUp() {
  const library = await temporaryLibrary();
  const english = {
    light: 'The light of the lamp. A light at night is a light on the way.',
    lighthouse: 'The keeper of the lighthouse trimmed the wick, carried the oil and wrote the day down in the book.',
    internet: 'The internet came to the island.',
    international: 'An international treaty on buoys.',
  };
  for (const [name, text] of Object.entries(english)) await addPage(library, name, { text, language: 'en' });
  await addPage(library, 'fener', { text: 'Ankara’nın feneri. Kitaplarda yazanlar oluşturuldu.', language: 'tr' });
  await addPage(library, 'latarnia', { text: 'W Warszawie nie ma latarni morskiej. Latarnie stoją na wybrzeżu.', language: 'pl' });
  const searcher = librarySearcher(async () => library);
  return async (text: string, isUnfinished = false) => {
    const { passages } = await searcher.search({ text, limit: 10, isUnfinished });
    return passages.map(({ pageId, wordCoverage }) => ({ pageId, wordCoverage }));
  };
}

it('an English word does not find others that begin like it for the word itself', async () => {
  const find = await setUp();
  expect((await find('lighthouse'))[0]).toEqual({ pageId: 'lighthouse', wordCoverage: 1 });
  expect((await find('lighthuose')).map(({ pageId }) => pageId)).toEqual(['lighthouse']);
});

it('English words that begin alike are two', async () => {
  const find = await setUp();
  for (const text of ['internet international', 'international internet']) {
    const half = (await find(text)).filter(({ wordCoverage }) => wordCoverage > 0.4);
    expect(new Set(half.map(({ pageId }) => pageId))).toEqual(new Set(['internet', 'international']));
  }
});

it.each(['Ankara', 'kitap', 'oluşturmak', 'fenerler'])('the Turkish word %s finds its page as it is typed and when it is', async (word) => {
  const find = await setUp();
  for (let end = 3; end <= word.length; end++) expect((await find(word.slice(0, end), true))[0]?.pageId).toBe('fener');
  expect(await find(word)).toMatchObject([{ pageId: 'fener' }]);
});

it.each(['Warszawa', 'latarniami', 'wybrzeże'])('the Polish word %s finds its page as it is typed and when it is', async (word) => {
  const find = await setUp();
  for (let end = 4; end <= word.length; end++) expect((await find(word.slice(0, end), true))[0]?.pageId).toBe('latarnia');
  expect(await find(word)).toMatchObject([{ pageId: 'latarnia', wordCoverage: 1 }]);
});
