import { afterEach, expect, it, vi } from 'vitest';
import { findNoted } from '../../../src/background/find/find-noted';
import type { PageId } from '../../../src/core/pages/page';
import { readNote } from '../../../src/core/search/matches-note';
import { parseQuery } from '../../../src/core/search/parse-query';
import { notePage } from '../../../src/storage/pages/tag-page';
import type { Library, StoredPage } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

vi.mock('../../../src/core/search/matches-note', async (original) => {
  const real = await original<typeof import('../../../src/core/search/matches-note')>();
  return { ...real, readNote: vi.fn(real.readNote) };
});

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

it('reads the words of so many notes once, of more only those for which there is no room, and forgets those that are gone', async () => {
  const library = await temporaryLibrary();
  const [first] = await notePages(library, 'About spouts.');
  const page = (await library.get('pages', first as PageId)) as StoredPage;
  const transaction = library.transaction('pages', 'readwrite');
  for (let number = 0; number < 1_020; number++) {
    const [id, url] = [`copy ${number}` as PageId, `https://lamps.example/copies/${number}`];
    void transaction.store.put({ ...page, id, canonicalUrl: url, url, addresses: [url], note: `Number ${number} of them.` });
  }
  await transaction.done;
  const read = vi.mocked(readNote);
  const readBy = async (text: string, at = revision) => {
    read.mockClear();
    await findNoted(library, at, parseQuery(text), true);
    return read.mock.calls.length;
  };
  expect(await readBy('la')).toBe(1_021);
  expect([await readBy('lam'), await readBy('lamp')]).toEqual([21, 21]);
  for (let number = 0; number < 21; number++) await library.delete('pages', `copy ${number}` as PageId);
  expect(await readBy('lamps', revision + 1)).toBe(21);
  expect(await readBy('lamps', revision + 1)).toBe(0);
});
