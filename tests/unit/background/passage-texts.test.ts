import { expect, it } from 'vitest';
import { passageTexts } from '../../../src/background/find/passage-texts';
import type { PageId, PassageId } from '../../../src/core/pages/page';
import { temporaryLibrary } from '../../support/temporary-library';

const passage = (id: number, start: number, end: number) => ({
  passageId: id as PassageId,
  pageId: 'a' as PageId,
  version: 1,
  start,
  end,
  headingPath: [],
  score: 1,
  wordCoverage: 1,
});

it('reads passages in plain words, and need not read them again', async () => {
  const library = await temporaryLibrary();
  await library.put('versions', { pageId: 'a' as PageId, version: 1, text: 'The **oil** lamp. The wick.', contentHash: '', capturedAt: 1 });
  const read = passageTexts();
  const asked = [passage(1, 0, 17), passage(2, 18, 27)];
  expect(await read(library, asked)).toMatchObject([{ text: 'The oil lamp.' }, { text: 'The wick.' }]);
  await library.clear('versions');
  expect(await read(library, [...asked, passage(3, 0, 3)])).toMatchObject([{ text: 'The oil lamp.' }, { text: 'The wick.' }, undefined]);
});

it('forgets what was not wanted for long', async () => {
  const library = await temporaryLibrary();
  await library.put('versions', { pageId: 'a' as PageId, version: 1, text: 'Lamp.', contentHash: '', capturedAt: 1 });
  const read = passageTexts();
  const many = Array.from({ length: 600 }, (_, index) => passage(index + 1, 0, 5));
  await read(library, many);
  await library.clear('versions');
  expect(await read(library, [passage(1, 0, 5), passage(600, 0, 5)])).toMatchObject([undefined, { text: 'Lamp.' }]);
});

it('remembers nothing of one library for another, in which ids begin again', async () => {
  const [library, another] = [await temporaryLibrary(), await temporaryLibrary()];
  const version = { pageId: 'a' as PageId, version: 1, contentHash: '', capturedAt: 1 };
  await library.put('versions', { ...version, text: 'Lamp.' });
  await another.put('versions', { ...version, text: 'Wick.' });
  const read = passageTexts();
  await read(library, [passage(1, 0, 5)]);
  expect(await read(another, [passage(1, 0, 5)])).toMatchObject([{ text: 'Wick.' }]);
});
