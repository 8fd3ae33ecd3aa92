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
      indexed: () => indexPassages(text, text, spans),
    },
    async () => true,
  );
  return page.id;
}

const readListRevision = async (library: Library) => (await library.get('totals', 'library'))?.listRevision ?? 0;
const readNow = async (library: Library, ids: readonly PageId[]) => readShownPages(library, await readListRevision(library), ids);

it('reads pages once, as long as none is another', async () => {
  const library = await temporaryLibrary();
  const ids = [await save(library, 'a', 'A lamp.'), await save(library, 'b', 'A wick.')];
  const [first, second] = await readNow(library, ids);
  expect(first).toMatchObject({ title: 'A lamp.' });
  expect(first).not.toHaveProperty('addresses');
  expect((await readNow(library, [...ids].reverse())).map((page) => page === first || page === second)).toEqual([true, true]);
});

it('reads them again when one was changed, saved or deleted', async () => {
  const library = await temporaryLibrary();
  const ids = [await save(library, 'a', 'A lamp.'), await save(library, 'b', 'A wick.'), 'c' as PageId];
  await readNow(library, ids);
  await notePage(library, ids[0] as PageId, 'Of oil.');
  expect(await readNow(library, ids)).toMatchObject([{ note: 'Of oil.' }, { title: 'A wick.' }, undefined]);
  await save(library, 'c', 'A keeper.');
  await save(library, 'b', 'Two wicks.', 2);
  expect(await readNow(library, ids)).toMatchObject([{ note: 'Of oil.' }, { title: 'Two wicks.' }, { title: 'A keeper.' }]);
  await deletePage(library, ids[0] as PageId);
  expect(await readNow(library, ids)).toMatchObject([undefined, { title: 'Two wicks.' }, { title: 'A keeper.' }]);
});

it('keeps nothing that was read before a change for those who ask after it', async () => {
  const library = await temporaryLibrary();
  const id = await save(library, 'a', 'A lamp.');
  const before = await readListRevision(library);
  await notePage(library, id, 'Of oil.');
  // Who asked before the change, and was held up, comes after one who did not.
  await readNow(library, [id]);
  await readShownPages(library, before, [id]);
  await notePage(library, id, 'Of brass.');
  expect(await readNow(library, [id])).toMatchObject([{ note: 'Of brass.' }]);
});
