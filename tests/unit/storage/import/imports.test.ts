import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemOf } from '../../../../src/core/problem';
import { addImportItems, beginImport, changeImport, readImport, removeImport, resumeImport } from '../../../../src/storage/import/imports';
import { migrations } from '../../../../src/storage/migrations/migrations';
import { openLibrary } from '../../../../src/storage/open-library';
import { databaseName, type ImportId, type Library, type LibrarySchema } from '../../../../src/storage/schema';
import { temporaryLibrary } from '../../../support/temporary-library';

const plan = { source: 'bookmarks', createdAt: 0, origins: [], delayMs: 0 } as const;
const id = (name: string) => name as ImportId;

it('has a place in a library of the version before, of which nothing is lost', async () => {
  globalThis.indexedDB = new IDBFactory();
  const before = await openDB<LibrarySchema>(databaseName, 3, {
    async upgrade(database, _old, _new, transaction) {
      for (const migrate of migrations.slice(0, 3)) await migrate(database, transaction);
    },
  });
  await before.put('conversations', { id: 'kept', updatedAt: 1 } as never);
  before.close();
  const library = await openLibrary();
  expect(await library.count('conversations')).toBe(1);
  await beginImport(library, { id: id('one'), ...plan });
  expect((await readImport(library))?.state).toBe('receiving');
});

describe('There is one import at a time:', () => {
  let library: Library;
  beforeEach(async () => {
    library = await temporaryLibrary();
    await beginImport(library, { id: id('one'), ...plan });
    await addImportItems(library, id('one'), [
      { url: 'https://a.example/', tags: [] },
      { url: 'note:x', tags: [], text: { kind: 'markdown', content: 'x' } },
    ]);
  });
  const everything = async () =>
    Promise.all((['imports', 'importItems', 'importTexts', 'importHosts'] as const).map((store) => library.count(store)));

  it('another does not begin while it runs', async () => {
    await resumeImport(library);
    const refusal = await beginImport(library, { id: id('two'), ...plan }).catch(problemOf);
    expect(refusal).toEqual({ code: 'import-busy' });
    expect((await readImport(library))?.id).toBe('one');
  });

  it.each(['receiving', 'stopped', 'done'] as const)(
    'another takes the place of one that is %s, of which nothing is left',
    async (state) => {
      await changeImport(library, (record) => ({ ...record, state }));
      await beginImport(library, { id: id('two'), ...plan });
      expect(await everything()).toEqual([1, 0, 0, 0]);
      expect((await readImport(library))?.id).toBe('two');
    },
  );

  it('nothing can be added to it once it has begun', async () => {
    await resumeImport(library);
    const refusal = await addImportItems(library, id('one'), [{ url: 'https://b.example/', tags: [] }]).catch(problemOf);
    expect(refusal).toEqual({ code: 'not-found' });
  });

  it('nothing is left when it is removed', async () => {
    expect(await everything()).toEqual([1, 2, 1, 2]);
    await removeImport(library, id('one'));
    expect(await everything()).toEqual([0, 0, 0, 0]);
  });
});
