import { afterEach, expect, it, vi } from 'vitest';
import { findNoted } from '../../../src/background/find/find-noted';
import type { PageId } from '../../../src/core/pages/page';
import { parseQuery } from '../../../src/core/search/parse-query';
import { notePage } from '../../../src/storage/pages/tag-page';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

afterEach(() => void vi.restoreAllMocks());

async function notePages(library: Library, ...notes: readonly string[]): Promise<PageId[]> {
  const ids: PageId[] = [];
  for (const [number, note] of notes.entries()) {
    const id = await addPage(library, `page ${number}`, { text: 'The keeper.' });
    await notePage(library, id, note);
    ids.push(id);
  }
  return ids;
}

const revision = 7;
const find = (library: Library, text: string) => findNoted(library, revision, parseQuery(text), true);

it('reads notes once while a person types', async () => {
  const library = await temporaryLibrary();
  const [lamp] = await notePages(library, 'About lamps.', 'About wicks.');
  const read = vi.spyOn(IDBIndex.prototype, 'getAll');
  for (const text of ['la', 'lam', 'lamp']) expect(await find(library, text)).toEqual([lamp]);
  expect(read).toHaveBeenCalledTimes(1);
});

it('finds in notes that are too long together to be kept, and keeps none of them', async () => {
  const library = await temporaryLibrary();
  const [lamp] = await notePages(library, `A lamp. ${'And much else. '.repeat(40_000)}`, `A wick. ${'And other things. '.repeat(30_000)}`);
  const read = vi.spyOn(IDBIndex.prototype, 'getAll');
  for (const text of ['la', 'lam']) expect(await find(library, text)).toEqual([lamp]);
  expect(read).toHaveBeenCalledTimes(2);
});
