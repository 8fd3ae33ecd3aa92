import type { PassageId } from '../../core/pages/page';
import type { LengthSlab, WriteTransaction } from '../schema';

const slabSize = 4_096;
const longest = 65_535;

/** Loads the lengths of all passages, by id: two bytes a passage. A length of 0 says that there is no such passage, or no longer. */
export async function readLengths(transaction: { objectStore(name: 'lengths'): LengthStore }): Promise<Uint16Array<ArrayBuffer>> {
  const store = transaction.objectStore('lengths');
  const [numbers, slabs] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const lengths = new Uint16Array(((numbers.at(-1) ?? -1) + 1) * slabSize);
  numbers.forEach((number, index) => {
    const slab = slabs[index];
    if (slab) lengths.set(slab.lengths, number * slabSize);
  });
  return lengths;
}

interface LengthStore {
  getAllKeys(): Promise<number[]>;
  getAll(): Promise<LengthSlab[]>;
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
    void store.put(value, slab);
  }
}
