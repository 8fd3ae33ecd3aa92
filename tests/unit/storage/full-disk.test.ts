import { unwrap } from 'idb';
import { expect, it } from 'vitest';
import { problemOf } from '../../../src/core/problem';
import { bytesOf, measureSpace } from '../../../src/storage/measure-space';
import { writeWhole } from '../../../src/storage/write-whole';
import { temporaryLibrary } from '../../support/temporary-library';

const conversation = (id: string) => ({ id, title: 'x'.repeat(100), createdAt: 1, updatedAt: 1 }) as never;

/** What the browser does when there is no room for a transaction. */
interface EndableTransaction {
  _abort(name: 'QuotaExceededError'): void;
}

it('A write for which there is no room is said to want room, is taken back whole, and leaves what was there readable', async () => {
  const library = await temporaryLibrary();
  await library.put('conversations', conversation('before'));
  const transaction = library.transaction('conversations', 'readwrite');
  const writing = writeWhole(transaction, async () => {
    await transaction.store.put(conversation('first'));
    const putting = transaction.store.put(conversation('second'));
    (unwrap(transaction) as unknown as EndableTransaction)._abort('QuotaExceededError');
    await putting;
  });
  expect(problemOf(await writing.catch((error: unknown) => error))).toEqual({ code: 'storage-full' });
  expect((await library.getAll('conversations')).map(({ id }) => id)).toEqual(['before']);
});

it('What each part takes is estimated from samples, close to what it is', async () => {
  const library = await temporaryLibrary();
  for (let index = 0; index < 500; index += 1) await library.put('conversations', conversation(`c${index}`));
  const exact = (await library.getAll('conversations')).reduce((sum, one) => sum + bytesOf(one), 0);
  const parts = await measureSpace(library);
  const measured = parts.find(({ use }) => use === 'conversations')?.bytes ?? 0;
  expect(Math.abs(measured - exact) / exact).toBeLessThan(0.05);
  expect(parts.find(({ use }) => use === 'vectors')?.bytes).toBeLessThan(100);
});
