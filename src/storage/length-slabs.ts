import type { PassageId } from '../core/page';
import type { Library, WriteTransaction } from './schema';

const slabSize = 4_096;
const longest = 65_535;

/** The lengths of all passages, by id. */
export type PassageLengths = (passageId: number) => number;

/** Loads the lengths: two bytes a passage. A length of 0 says that the passage is gone. */
export async function readLengths(library: Library): Promise<PassageLengths> {
  const transaction = library.transaction('lengths');
  const [numbers, slabs] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  const bySlab: Uint16Array[] = [];
  numbers.forEach((number, index) => {
    const slab = slabs[index];
    if (slab) bySlab[number] = slab.lengths;
  });
  return (passageId) => bySlab[Math.floor(passageId / slabSize)]?.[passageId % slabSize] ?? 0;
}

/** Sets the lengths of passages `firstId` and up, within a transaction. */
export async function writeLengths(transaction: WriteTransaction, firstId: PassageId, lengths: readonly number[]): Promise<void> {
  const store = transaction.objectStore('lengths');
  let done = 0;
  while (done < lengths.length) {
    const slab = Math.floor((firstId + done) / slabSize);
    const value = (await store.get(slab)) ?? { lengths: new Uint16Array(slabSize) };
    for (; done < lengths.length && Math.floor((firstId + done) / slabSize) === slab; done++) {
      value.lengths[(firstId + done) % slabSize] = Math.min(longest, lengths[done] ?? 0);
    }
    await store.put(value, slab);
  }
}
