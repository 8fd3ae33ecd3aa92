import { durabilityOf } from './durability-of';
import { lightWrites } from './light-writes';
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
    const light = lightWrites(relaxed, (value) => {
      isSafe &&= durabilityOf([value]) === 'relaxed';
    });
    try {
      return await writeWhole(relaxed, async () => {
        await work(light);
        if (!isSafe) throw needsDisk;
      });
    } catch (error) {
      if (error !== needsDisk) throw error;
    }
  }
  const strict = library.transaction([...stores], 'readwrite', { durability: 'strict' });
  await writeWhole(strict, () => work(lightWrites(strict)));
}
