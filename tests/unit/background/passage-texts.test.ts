import { expect, it } from 'vitest';
import { passageTexts } from '../../../src/background/passage-texts';
import type { PageId, PassageId } from '../../../src/core/page';
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
