import { expect, it } from 'vitest';
import { renamePage } from '../../../../src/background/ingest/reindex-page';
import { type PageSort, pageSorts, sortPages } from '../../../../src/core/pages/choose-pages';
import type { PageId } from '../../../../src/core/pages/page';
import { markDeleted, takeBackDeletion } from '../../../../src/storage/pages/deletions';
import { deletePage } from '../../../../src/storage/pages/index-page';
import { orderedPages } from '../../../../src/storage/pages/ordered-pages';
import { entriesOf, readScopeEntries } from '../../../../src/storage/pages/scope-slabs';
import { addTags, tagPage } from '../../../../src/storage/pages/tag-page';
import { addPage } from '../../../support/add-page';
import { temporaryLibrary } from '../../../support/temporary-library';

const oil = 'oil' as PageId;
const gas = 'gas' as PageId;

it('remembers an order no longer than the library stays as it is', async () => {
  const library = await temporaryLibrary();
  const remembering = orderedPages();
  const readAnew = async (sort: PageSort) => {
    const [slabs, deleted] = await Promise.all([library.getAll('scopeSlabs'), library.getAllKeys('deletions')]);
    const shown = slabs.flatMap(entriesOf).filter(({ id }) => !deleted.includes(id));
    return sortPages(shown, sort, new Intl.Collator(undefined, { numeric: true }).compare);
  };
  const changes: (() => Promise<unknown>)[] = [
    async () => {},
    () => addPage(library, 'oil', { text: 'An oil lamp.', title: 'Oil' }),
    () => addPage(library, 'gas', { text: 'A gas lamp.', title: 'Gas', url: 'https://gas.example/' }),
    () => tagPage(library, oil, ['optics']),
    () => addTags(library, [oil, gas], ['lamps']),
    () => renamePage(oil, 'A lamp', { library, detectLanguage: async () => undefined }),
    () => markDeleted(library, [oil], 5_000),
    () => takeBackDeletion(library, 5_000),
    () => addPage(library, 'gas', { text: 'A gas lamp. '.repeat(300), title: 'Gas', version: 2 }),
    () => deletePage(library, oil),
    () => addPage(library, 'oil', { text: 'An oil lamp.', title: 'Oil' }),
  ];
  for (const [number, change] of changes.entries()) {
    await change();
    for (const sort of pageSorts) expect(await remembering(library, sort), `${sort}, after change ${number}`).toEqual(await readAnew(sort));
  }
  expect((await remembering(library, 'title')).map(({ title }) => title)).toEqual(['Gas', 'Oil']);
});

it('sorts the pages once for all windows of a list', async () => {
  const library = await temporaryLibrary();
  for (const name of ['oil', 'gas', 'wax']) await addPage(library, name, { text: 'A lamp.', title: name });
  let compared = 0;
  const read = orderedPages((one, other) => {
    compared++;
    return one < other ? -1 : 1;
  });
  const first = await read(library, 'title');
  expect(first.map(({ id }) => id)).toEqual(['gas', 'oil', 'wax']);
  const once = compared;
  await read(library, 'newest');
  expect(await read(library, 'title')).toEqual(first);
  expect(compared).toBe(once);
});

it('reads the pages anew only when some have changed', async () => {
  const library = await temporaryLibrary();
  await addPage(library, 'oil', { text: 'An oil lamp.' });
  const before = await readScopeEntries(library);
  expect(await readScopeEntries(library)).toBe(before);
  await tagPage(library, oil, ['optics']);
  expect((await readScopeEntries(library)).map(({ tags }) => tags)).toEqual([['optics']]);
  expect(before.map(({ tags }) => tags)).toEqual([[]]);
});
