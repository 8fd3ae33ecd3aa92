import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { migrations } from '../../../src/storage/migrations';
import { openLibrary } from '../../../src/storage/open-library';
import { passagesInScope } from '../../../src/storage/passages-in-scope';
import { databaseName } from '../../../src/storage/schema';

it('a library of the first version is searched within a scope after the upgrade', async () => {
  globalThis.indexedDB = new IDBFactory();
  const first = await openDB(databaseName, 1, {
    // Typed for the newest version, and used on the first, where the stores are the same.
    upgrade: (database, _from, _to, transaction) => migrations[0]?.(database as never, transaction as never),
  });
  const page = { id: 'a', canonicalUrl: 'c', url: 'https://www.docs.example.org/', addresses: [], savedAt: 1, capturedAt: 2 };
  await first.put('pages', page);
  await first.put('indexedPages', { pageId: 'a', firstPassageId: 3, passageCount: 2, vectorSlabs: [] });
  first.close();

  const library = await openLibrary();
  const scoped = await passagesInScope(library, { sites: ['example.org'], after: 2 });
  expect(scoped.pages).toBe(1);
  expect([2, 3, 4, 5].map(scoped.has)).toEqual([false, true, true, false]);
});
