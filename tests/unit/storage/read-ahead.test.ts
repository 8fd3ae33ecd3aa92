import { expect, it } from 'vitest';
import { type RecordPlace, readAhead } from '../../../src/storage/read-ahead';
import type { WriteTransaction } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

const lengths = (first: number) => ({ lengths: Uint16Array.of(first) });

async function libraryReadAhead(...places: RecordPlace[]) {
  const library = await temporaryLibrary();
  await library.put('lengths', lengths(1), 0);
  await library.put('lengths', lengths(2), 1);
  const transaction = library.transaction(['lengths', 'totals'], 'readwrite') as unknown as WriteTransaction;
  return { transaction, store: readAhead(transaction, places).objectStore('lengths') };
}

it('gives the answers that were asked for ahead, asks for others, and lets be what nobody gets', async () => {
  const { transaction, store } = await libraryReadAhead(['lengths', 0], ['lengths', 2], ['totals', 'library']);
  const [first, second, none] = await Promise.all([store.get(0), store.get(1), store.get(2)]);
  expect([first, second, none]).toEqual([lengths(1), lengths(2), undefined]);
  await transaction.done;
});

it('gives what is written since, and not what was there before', async () => {
  const { store } = await libraryReadAhead(['lengths', 0], ['lengths', 1]);
  expect(await store.get(0)).toEqual(lengths(1));
  await store.put(lengths(3), 0);
  await store.delete(1);
  expect([await store.get(0), await store.get(1)]).toEqual([lengths(3), undefined]);
});
