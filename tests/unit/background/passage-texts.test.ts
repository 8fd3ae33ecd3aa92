import { expect, it } from 'vitest';
import { passageTexts } from '../../../src/background/find/passage-texts';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import { deletePage } from '../../../src/storage/pages/index-page';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { storedPassages } from '../../support/stored-passages';
import { temporaryLibrary } from '../../support/temporary-library';

const passage = (id: number, start: number, end: number, pageId = 'a') => ({
  passageId: id as PassageId,
  pageId: pageId as PageId,
  version: 1,
  start,
  end,
  headingPath: [],
  score: 1,
  wordCoverage: 1,
});

const put = (library: Library, pageId: string, text: string) =>
  library.put('versions', { pageId: pageId as PageId, version: 1, text, contentHash: '', capturedAt: 1 });

const twoPassages = ['The **oil** lamp.', 'The wick.']
  .map((words) => `${words} ${'Nothing happened that day. '.repeat(60).trim()}`)
  .join('\n\n');

/** Of a page that is saved, its passages as a search gives them. */
async function savedPassages(library: Library, name: string, text: string, language?: string) {
  await addPage(library, name, { text, ...(language ? { language } : {}) });
  const passages = (await storedPassages(library)).filter(({ pageId }) => pageId === name);
  return passages.map(({ id, start, end }) => passage(id, start, end, name));
}

it('reads passages in plain words, and reads their page once', async () => {
  const library = await temporaryLibrary();
  const [lamp, wick] = (await savedPassages(library, 'a', twoPassages, 'en')) as [ReturnType<typeof passage>, ReturnType<typeof passage>];
  const read = passageTexts();
  expect(await read(library, [lamp])).toMatchObject([{ text: expect.stringMatching(/^The oil lamp\./), language: 'en' }]);
  for (const store of ['versions', 'indexedPages'] as const) await library.clear(store);
  expect(await read(library, [lamp, wick, passage(99, 0, 3, 'b')])).toMatchObject([
    { text: expect.stringMatching(/^The oil lamp\./) },
    { text: expect.stringMatching(/^The wick\./), language: 'en' },
    undefined,
  ]);
});

it('keeps no page that is very long', async () => {
  const library = await temporaryLibrary();
  const [lamp, next] = await savedPassages(library, 'a', `The lamp. ${'And much else. '.repeat(5_000)}`);
  if (!lamp || !next) throw new Error('The page has several passages.');
  const read = passageTexts();
  await read(library, [lamp]);
  await library.clear('versions');
  expect(await read(library, [lamp, next])).toMatchObject([{ text: expect.stringMatching(/^The lamp\./) }, undefined]);
});

it('takes no text for that of a page which was deleted and restored from a backup with another', async () => {
  const library = await temporaryLibrary();
  const pageId = await addPage(library, 'a', { text: 'The lamp. The wick.' });
  const read = passageTexts();
  await read(library, [passage(1, 0, 9)]);
  await deletePage(library, pageId);
  await addPage(library, 'a', { text: 'The quay. The buoy.' });
  expect(await read(library, [passage(2, 0, 9)])).toMatchObject([{ text: 'The quay.' }]);
});

it('forgets what was not wanted for long', async () => {
  const library = await temporaryLibrary();
  const numbers = Array.from({ length: 600 }, (_, index) => index + 1);
  for (const number of numbers) await put(library, `p${number}`, 'Lamp.');
  const read = passageTexts();
  await read(
    library,
    numbers.map((number) => passage(number, 0, 5, `p${number}`)),
  );
  await library.clear('versions');
  expect(await read(library, [passage(1, 0, 5, 'p1'), passage(600, 0, 5, 'p600')])).toMatchObject([undefined, { text: 'Lamp.' }]);
});

it('remembers nothing of one library for another, in which ids begin again', async () => {
  const [library, another] = [await temporaryLibrary(), await temporaryLibrary()];
  await put(library, 'a', 'Lamp.');
  await put(another, 'a', 'Wick.');
  const read = passageTexts();
  await read(library, [passage(1, 0, 5)]);
  expect(await read(another, [passage(1, 0, 5)])).toMatchObject([{ text: 'Wick.' }]);
});
