import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { migrations } from '../../../../src/storage/migrations/migrations';
import { openLibrary } from '../../../../src/storage/open-library';
import { databaseName, type LibrarySchema } from '../../../../src/storage/schema';
import { listKeptVectors, readIndexModel } from '../../../../src/storage/vectors/vector-models';

/** A library as version 1 left it, with a page for each of these models, or without vectors. */
async function firstLibrary(models: readonly (string | undefined)[]): Promise<void> {
  globalThis.indexedDB = new IDBFactory();
  const database = await openDB<LibrarySchema>(databaseName, 1, {
    upgrade: (created, _old, _new, transaction) => void migrations[0]?.(created, transaction),
  });
  for (const [number, embeddedWith] of models.entries()) {
    const canonicalUrl = `https://lamps.example/${number}`;
    const page = {
      id: `page ${number}`,
      canonicalUrl,
      url: canonicalUrl,
      addresses: [canonicalUrl],
      site: 'lamps.example',
      savedAt: number,
      capturedAt: number,
    };
    await database.put('pages', { ...page, ...(embeddedWith ? { embeddedWith } : {}) } as never);
  }
  database.close();
}

it('has the questions of a library of version 1 answered from the vectors that it has', async () => {
  await firstLibrary(['https://models.example/v1 finder', undefined]);
  const library = await openLibrary();
  expect(await readIndexModel(library)).toBe('https://models.example/v1 finder');
  expect((await library.getAll('pages')).map(({ embeddedWith }) => embeddedWith)).toEqual([
    ['https://models.example/v1 finder'],
    undefined,
  ]);
});

it('takes the model that most pages have vectors of, when a change of model was under way', async () => {
  await firstLibrary(['a', 'b', 'b']);
  const library = await openLibrary();
  expect(await readIndexModel(library)).toBe('b');
  expect(await listKeptVectors(library)).toEqual([
    { modelKey: 'a', pages: 1 },
    { modelKey: 'b', pages: 2 },
  ]);
});

it('leaves a library without vectors without', async () => {
  await firstLibrary([undefined]);
  expect(await readIndexModel(await openLibrary())).toBeUndefined();
});
