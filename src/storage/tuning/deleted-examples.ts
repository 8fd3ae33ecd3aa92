import type { ExampleId } from '../../core/tuning/stored-example';
import type { Library } from '../schema';
import { putIfNew } from './examples';

// Examples that were deleted a moment ago, out of the way of all that reads examples.

/** Takes examples out of the set, so that they can be put back. Those that are gone stay gone. */
export async function setExamplesAside(library: Library, ids: readonly ExampleId[], deletedAt: number): Promise<void> {
  const transaction = library.transaction(['examples', 'deletedExamples'], 'readwrite', { durability: 'strict' });
  const [examples, deleted] = [transaction.objectStore('examples'), transaction.objectStore('deletedExamples')];
  for (const stored of await Promise.all(ids.map((id) => examples.get(id)))) {
    if (!stored) continue;
    void deleted.put({ id: stored.id, deletedAt, stored });
    void examples.delete(stored.id);
  }
  await transaction.done;
}

/** When those that are set aside were deleted, and how many each time. */
export async function listDeletedExamples(library: Library): Promise<{ readonly deletedAt: number; readonly count: number }[]> {
  const index = library.transaction('deletedExamples').store.index('byDeletedAt');
  const times: { deletedAt: number; count: number }[] = [];
  for (let cursor = await index.openKeyCursor(null, 'nextunique'); cursor; cursor = await cursor.continue()) {
    times.push({ deletedAt: cursor.key, count: await index.count(cursor.key) });
  }
  return times;
}

/** So many are held at once: each may be of millions of characters. */
const atOnce = 20;

/** Puts back what was deleted at a time. An answer that was judged anew since keeps that judgement. */
export async function putExamplesBack(library: Library, deletedAt: number): Promise<void> {
  for (;;) {
    const transaction = library.transaction(['examples', 'deletedExamples'], 'readwrite', { durability: 'strict' });
    const [examples, deleted] = [transaction.objectStore('examples'), transaction.objectStore('deletedExamples')];
    const some = await deleted.index('byDeletedAt').getAll(deletedAt, atOnce);
    for (const { id, stored } of some) {
      await putIfNew(examples, stored);
      void deleted.delete(id);
    }
    await transaction.done;
    if (some.length === 0) return;
  }
}

/** Deletes for good what was deleted at a time, and nothing that was deleted before. */
export function forgetDeletedExamples(library: Library, deletedAt: number): Promise<void> {
  return forgetIn(library, IDBKeyRange.only(deletedAt));
}

/** Deletes for good all that was deleted at a time or before. */
export function forgetAbandonedExamples(library: Library, upTo: number): Promise<void> {
  return forgetIn(library, IDBKeyRange.upperBound(upTo));
}

async function forgetIn(library: Library, times: IDBKeyRange): Promise<void> {
  const { store, done } = library.transaction('deletedExamples', 'readwrite', { durability: 'strict' });
  for (const id of await store.index('byDeletedAt').getAllKeys(times)) void store.delete(id);
  await done;
}
