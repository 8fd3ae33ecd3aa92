import { expect, it } from 'vitest';
import { openLibrary } from '../../../../src/storage/open-library';
import { passagesInScope } from '../../../../src/storage/pages/passages-in-scope';
import { firstLibrary } from '../../../support/first-library';

it('a library of the first version is searched within a scope after the upgrade', async () => {
  const page = { id: 'a', canonicalUrl: 'c', url: 'https://www.docs.example.org/', addresses: [], savedAt: 1, capturedAt: 2 };
  await firstLibrary(async (first) => {
    await first.put('pages', page);
    await first.put('indexedPages', { pageId: 'a', firstPassageId: 3, passageCount: 2, vectorSlabs: [] });
  });

  const library = await openLibrary();
  const scoped = await passagesInScope(library, { sites: ['example.org'], after: 2 });
  expect(scoped.pages).toBe(1);
  expect([2, 3, 4, 5].map(scoped.has)).toEqual([false, true, true, false]);
});
