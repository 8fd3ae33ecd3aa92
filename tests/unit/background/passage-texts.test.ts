import { expect, it } from 'vitest';
import { passageTexts } from '../../../src/background/find/passage-texts';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import { deletePage } from '../../../src/storage/pages/index-page';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
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

it('reads passages in plain words, and need not read their page again', async () => {
  const library = await temporaryLibrary();
  await put(library, 'a', 'The **oil** lamp. The wick.');
  const read = passageTexts();
  expect(await read(library, [passage(1, 0, 17)])).toMatchObject([{ text: 'The oil lamp.' }]);
  await library.clear('versions');
  expect(await read(library, [passage(1, 0, 17), passage(2, 18, 27), passage(3, 0, 3, 'b')])).toMatchObject([
    { text: 'The oil lamp.' },
    { text: 'The wick.' },
    undefined,
  ]);
});

it('keeps no page that is very long', async () => {
  const library = await temporaryLibrary();
  await put(library, 'a', `The lamp. ${'And much else. '.repeat(5_000)}`);
  const read = passageTexts();
  await read(library, [passage(1, 0, 9)]);
  await library.clear('versions');
  expect(await read(library, [passage(1, 0, 9), passage(2, 0, 3)])).toMatchObject([{ text: 'The lamp.' }, undefined]);
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
