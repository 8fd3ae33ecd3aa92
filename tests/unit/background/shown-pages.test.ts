import { expect, it } from 'vitest';
import { readShownPages } from '../../../src/background/find/shown-pages';
import { indexPassages } from '../../../src/core/lexical/index-passages';
import type { PageId } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import { commitPage, deletePage } from '../../../src/storage/pages/index-page';
import { notePage } from '../../../src/storage/pages/tag-page';
import type { Library } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

async function save(library: Library, id: string, text: string, version = 1): Promise<PageId> {
  const url = `https://${id}.example/`;
  const spans = splitPassages(text);
  const page = {
    id: id as PageId,
    canonicalUrl: url,
    url,
    addresses: [url],
    title: text,
    site: '',
    savedAt: 1,
    capturedAt: 1,
    shareRead: 1,
  };
  await commitPage(
    library,
    {
      page: { ...page, version, passageCount: spans.length },
      version: { pageId: page.id, version, text, contentHash: text, capturedAt: 1 },
      spans,
      indexed: indexPassages(text, text, spans),
    },
    async () => true,
  );
  return page.id;
}

it('reads pages once, as long as none is another', async () => {
  const library = await temporaryLibrary();
  const ids = [await save(library, 'a', 'A lamp.'), await save(library, 'b', 'A wick.')];
  const [first, second] = await readShownPages(library, ids);
  expect(first).toMatchObject({ title: 'A lamp.' });
  expect(first).not.toHaveProperty('addresses');
  expect((await readShownPages(library, [...ids].reverse())).map((page) => page === first || page === second)).toEqual([true, true]);
});

it('reads them again when one was changed, saved or deleted', async () => {
  const library = await temporaryLibrary();
  const ids = [await save(library, 'a', 'A lamp.'), await save(library, 'b', 'A wick.'), 'c' as PageId];
  await readShownPages(library, ids);
  await notePage(library, ids[0] as PageId, 'Of oil.');
  expect(await readShownPages(library, ids)).toMatchObject([{ note: 'Of oil.' }, { title: 'A wick.' }, undefined]);
  await save(library, 'c', 'A keeper.');
  await save(library, 'b', 'Two wicks.', 2);
  expect(await readShownPages(library, ids)).toMatchObject([{ note: 'Of oil.' }, { title: 'Two wicks.' }, { title: 'A keeper.' }]);
  await deletePage(library, ids[0] as PageId);
  expect(await readShownPages(library, ids)).toMatchObject([undefined, { title: 'Two wicks.' }, { title: 'A keeper.' }]);
});

it('tells the same to all who ask at one moment, while a page is being changed', async () => {
  const library = await temporaryLibrary();
  const id = await save(library, 'a', 'A lamp.');
  await readShownPages(library, [id]);
  const [, , after] = await Promise.all([readShownPages(library, [id]), notePage(library, id, 'Of oil.'), readShownPages(library, [id])]);
  expect(after).toMatchObject([{ note: 'Of oil.' }]);
  expect(await readShownPages(library, [id])).toMatchObject([{ note: 'Of oil.' }]);
});
