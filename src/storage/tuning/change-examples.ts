import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import type { Library } from '../schema';

/**
 * Changes some examples, or deletes those for which `change` gives nothing, all or none. Those that are gone stay gone, and one that is given back as it
 * was is left alone.
 * @param change what it throws keeps all of them as they are
 */
export async function changeExamples(
  library: Library,
  ids: readonly ExampleId[],
  change: (stored: StoredExample) => StoredExample | undefined,
): Promise<void> {
  const { store, done } = library.transaction('examples', 'readwrite', { durability: 'strict' });
  const read = await Promise.all(ids.map((id) => store.get(id)));
  // Nothing is written before all are made: a transaction whose requests have succeeded would keep them.
  const changes = read.flatMap((stored) => (stored ? [{ stored, changed: change(stored) }] : []));
  for (const { stored, changed } of changes) {
    if (!changed) void store.delete(stored.id);
    else if (changed !== stored) void store.put(revised(changed, stored));
  }
  await done;
}

/** What takes the place of a stored example, told apart from it. */
export function revised(example: StoredExample, stored: StoredExample): StoredExample {
  return { ...example, revision: (stored.revision ?? 0) + 1 };
}
