import { durabilityOf } from './durability-of';
import type { Library, LibraryStore, WriteTransaction } from './schema';
import { writeWhole } from './write-whole';

const needsDisk = Symbol('needs the disk');

/**
 * Runs writes that belong together and waits until they are on the disk only where it must be: see `durabilityOf`. For what can be done again if it is lost whole.
 * @param known values that will be among those written, so that what is large among them is not written twice
 * @param work may be run twice, the first time taken back: for what else it puts is seen only then
 */
export async function writeRelaxed(
  library: Library,
  stores: readonly [LibraryStore, ...LibraryStore[]],
  known: readonly unknown[],
  work: (transaction: WriteTransaction) => Promise<void>,
): Promise<void> {
  if (durabilityOf(known) === 'relaxed') {
    const relaxed = library.transaction([...stores], 'readwrite', { durability: 'relaxed' });
    let isSafe = true;
    const watched = watchPuts(relaxed, (value) => {
      isSafe &&= durabilityOf([value]) === 'relaxed';
    });
    try {
      return await writeWhole(relaxed, async () => {
        await work(watched);
        if (isSafe) return;
        // What was put and not waited for is answered before this: once taken back, it would fail with nobody to hear it.
        await relaxed.objectStore(stores[0]).getKey(IDBKeyRange.only(''));
        throw needsDisk;
      });
    } catch (error) {
      if (error !== needsDisk) throw error;
    }
  }
  const strict = library.transaction([...stores], 'readwrite', { durability: 'strict' });
  await writeWhole(strict, () => work(strict));
}

function watchPuts(transaction: WriteTransaction, seen: (value: unknown) => void): WriteTransaction {
  return overlaid(transaction, {
    objectStore: (name: LibraryStore) => {
      const store = transaction.objectStore(name);
      return overlaid(store, {
        put: (...given: Parameters<typeof store.put>) => {
          seen(given[0]);
          return store.put(...given);
        },
      });
    },
  });
}

/** As it is, but for some of its methods. */
function overlaid<Target extends object>(target: Target, methods: Record<string, unknown>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === 'string' && name in methods) return methods[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
