import type { ExampleId, StoredExample } from '../core/tuning/stored-example';
import type { Library } from './schema';

/** Changes some examples, or deletes those for which `change` gives nothing, all or none. Those that are gone stay gone. */
export async function changeExamples(
  library: Library,
  ids: readonly ExampleId[],
  change: (stored: StoredExample) => StoredExample | undefined,
): Promise<void> {
  const transaction = library.transaction('examples', 'readwrite', { durability: 'strict' });
  for (const id of ids) {
    const stored = await transaction.store.get(id);
    const changed = stored && change(stored);
    if (changed) void transaction.store.put(changed);
    else if (stored) void transaction.store.delete(id);
  }
  await transaction.done;
}
