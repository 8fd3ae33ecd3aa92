import { unwrap } from 'idb';
import { expect, it } from 'vitest';
import { problemOf } from '../../../src/core/problem';
import { lightWrites } from '../../../src/storage/light-writes';
import type { WriteTransaction } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

const conversation = (id: string) => ({ id, title: 'Lamps', createdAt: 1, updatedAt: 1 }) as never;

async function conversations() {
  const library = await temporaryLibrary();
  const transaction = library.transaction('conversations', 'readwrite') as unknown as WriteTransaction;
  const seen: unknown[] = [];
  const store = lightWrites(transaction, (value) => seen.push(value)).objectStore('conversations');
  return { library, transaction, store, seen };
}

it('writes what nobody waits for, answers who does, and tells what is put', async () => {
  const { library, transaction, store, seen } = await conversations();
  void store.put(conversation('first'));
  expect(await store.put(conversation('second'))).toBe('second');
  expect(await store.get('first' as never)).toEqual(conversation('first'));
  await store.delete('second' as never);
  await transaction.done;
  expect(await library.getAllKeys('conversations')).toEqual(['first']);
  expect(seen).toEqual([conversation('first'), conversation('second')]);
});

it('has the transaction tell why what nobody waited for could not be written', async () => {
  const { library, transaction, store } = await conversations();
  void store.put(conversation('first'));
  void store.delete('other' as never);
  (unwrap(transaction) as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
  expect(problemOf(await transaction.done.catch((error: unknown) => error))).toEqual({ code: 'storage-full' });
  expect(await library.getAllKeys('conversations')).toEqual([]);
});
