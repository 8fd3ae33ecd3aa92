import { expect, it } from 'vitest';
import { bytesOf, measureSpace } from '../../../src/storage/measure-space';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

async function measured(library: Library): Promise<Record<string, number>> {
  return Object.fromEntries((await measureSpace(library)).map(({ use, bytes }) => [use, bytes]));
}

async function storedTexts(library: Library): Promise<number> {
  const records = [...(await library.getAll('pages')), ...(await library.getAll('versions'))];
  return records.reduce((sum, record) => sum + bytesOf(record), 0);
}

it('finds nothing in a library without pages', async () => {
  expect(await measured(await temporaryLibrary())).toMatchObject({ texts: 0, conversations: 0 });
});

it('knows what the texts of a few pages take, with all their versions', async () => {
  const library = await temporaryLibrary();
  await addPage(library, 'oil', { text: 'An oil lamp. '.repeat(300) });
  await addPage(library, 'gas', { text: 'A gas lamp.' });
  await addPage(library, 'gas', { text: 'A gas lamp with a mantle. '.repeat(40), version: 2 });
  const { texts } = await measured(library);
  expect(texts).toBe(await storedTexts(library));
});

it('estimates from a part of many pages, of which long ones take more than short ones, what all of them take', async () => {
  const library = await temporaryLibrary();
  for (let number = 0; number < 300; number++)
    await addPage(library, `page-${number}`, { text: 'A lamp burns oil. '.repeat(number % 7 === 0 ? 400 : 20) });
  const share = ((await measured(library)).texts ?? 0) / (await storedTexts(library));
  expect(share).toBeGreaterThan(0.8);
  expect(share).toBeLessThan(1.25);
});
