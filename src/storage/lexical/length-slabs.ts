import { checksum } from '../../core/bytes/checksum';
import type { PassageId } from '../../core/pages/page';
import type { LightReads } from '../light-reads';
import { readRunsWithin } from '../pages/passage-runs';
import type { LengthSlab, PassageRun, WriteTransaction } from '../schema';

const slabSize = 4_096;
const longest = 65_535;

/** By their numbers, in order: `undefined` for each that is there and cannot be read. */
export type LengthSlabs = ReadonlyMap<number, LengthSlab | undefined>;

interface OpenedSlabs {
  /** Two bytes a passage, by id. A length of 0 says that there is no such passage, or no longer, or that it is not known how long it is. */
  readonly byId: Uint16Array<ArrayBuffer>;
  /** Slabs that are gone, or not what was written, or not yet made anew to their end. */
  readonly damaged: readonly number[];
}

export interface StoredLengths extends OpenedSlabs {
  /** Passages that are there and of which it is not known how long they are, in order. */
  readonly unmeasured: readonly PassageId[];
}

/** Where lengths are, and which passages there are where they are lost. */
export interface LengthReads {
  readonly lengths: LightReads<LengthSlab, number>;
  readonly passageRuns: LightReads<PassageRun>;
}

/** The slabs of passages from `first` to before `end`, and without it all. */
export async function readSlabs(
  { lengths }: Pick<LengthReads, 'lengths'>,
  first = 0,
  end = Number.POSITIVE_INFINITY,
): Promise<LengthSlabs> {
  const range = IDBKeyRange.bound(slabOf(first), slabOf(end - 1));
  const [numbers, slabs] = await Promise.all([lengths.getAllKeys(range), lengths.getAll(range)]);
  return new Map(numbers.map((number, at) => [number, slabs[at]]));
}

/** Loads the lengths of passages from `first` to before `end`. Each of them was written once: so where a slab is missing, it was lost. */
export async function readLengths(reads: LengthReads, first: number, end: number): Promise<StoredLengths> {
  return withUnmeasured(reads, openSlabs(await readSlabs(reads, first, end), first, end));
}

/** @param end what is behind it is taken as well, but not missed */
export function openSlabs(slabs: LengthSlabs, first: number, end: number): OpenedSlabs {
  const last = Math.max(end > first ? slabOf(end - 1) : -1, ...slabs.keys());
  const byId = new Uint16Array((last + 1) * slabSize);
  const damaged: number[] = [];
  for (let number = slabOf(first); number <= last; number++) {
    const slab = openSlab(slabs.get(number));
    if (slab) byId.set(slab.lengths, number * slabSize);
    if (!slab || slab.isIncomplete) damaged.push(number);
  }
  return { byId, damaged };
}

/** Reads more only where something is damaged. */
export async function withUnmeasured({ passageRuns }: Pick<LengthReads, 'passageRuns'>, opened: OpenedSlabs): Promise<StoredLengths> {
  const { byId, damaged } = opened;
  const unmeasured: PassageId[] = [];
  for (const number of damaged) {
    const [first, last] = passagesOfSlab(number);
    for (const { firstId, starts } of await readRunsWithin(passageRuns, first, last)) {
      const end = Math.min(firstId + starts.length, last + 1);
      for (let id = Math.max(firstId, first); id < end; id++) if (byId[id] === 0) unmeasured.push(id as PassageId);
    }
  }
  return { ...opened, unmeasured };
}

/** The first and the last of them. */
export const passagesOfSlab = (number: number): [PassageId, PassageId] => [
  (number * slabSize) as PassageId,
  ((number + 1) * slabSize - 1) as PassageId,
];

/** The number of the slab that a passage's length is in. */
export const slabOf = (id: number): number => Math.floor(id / slabSize);

/** @returns `undefined` when it is gone, or no longer what was written. What older versions have written has no checksum that would tell. */
export function openSlab(slab: LengthSlab | undefined): LengthSlab | undefined {
  if (!(slab?.lengths instanceof Uint16Array) || slab.lengths.length !== slabSize) return undefined;
  return slab.checksum === undefined || slab.checksum === checksumOf(slab) ? slab : undefined;
}

/** As it is to be put. */
export function sealSlab({ lengths, isIncomplete }: Pick<LengthSlab, 'lengths' | 'isIncomplete'>): LengthSlab {
  const slab: LengthSlab = isIncomplete ? { lengths, isIncomplete } : { lengths };
  return { ...slab, checksum: checksumOf(slab) };
}

/** What takes the place of a slab that is damaged, until all of it is made anew. */
export const blankSlab = (): LengthSlab => sealSlab({ lengths: new Uint16Array(slabSize), isIncomplete: true });

function checksumOf({ lengths, isIncomplete }: LengthSlab): number {
  const sum = checksum(new Uint8Array(lengths.buffer, lengths.byteOffset, lengths.byteLength));
  return isIncomplete ? ~sum >>> 0 : sum;
}

export function setLength({ lengths }: LengthSlab, id: number, length: number): void {
  lengths[id % slabSize] = Math.min(longest, length);
}

/** Sets the lengths of passages that come behind all others, within a transaction. */
export const addLengths = (transaction: WriteTransaction, firstId: PassageId, lengths: readonly number[]): Promise<void> =>
  changeLengths(transaction, firstId, lengths, (number) => firstId <= Math.max(1, number * slabSize));

/** Sets the lengths of passages `firstId` and up, within a transaction. */
export const writeLengths = (transaction: WriteTransaction, firstId: PassageId, lengths: readonly number[]): Promise<void> =>
  changeLengths(transaction, firstId, lengths, () => false);

/**
 * Of a slab that is damaged nothing else is known from then on, until it is made anew.
 * @param begins whether no passage of a slab was written before
 */
async function changeLengths(
  transaction: WriteTransaction,
  firstId: PassageId,
  lengths: readonly number[],
  begins: (number: number) => boolean,
): Promise<void> {
  const store = transaction.objectStore('lengths');
  let done = 0;
  while (done < lengths.length) {
    const number = slabOf(firstId + done);
    const stored = await store.get(number);
    const isFirst = stored === undefined && begins(number);
    const slab = isFirst ? sealSlab({ lengths: new Uint16Array(slabSize) }) : (openSlab(stored) ?? blankSlab());
    for (; done < lengths.length && slabOf(firstId + done) === number; done++) setLength(slab, firstId + done, lengths[done] ?? 0);
    // One of an older version gets its checksum when it has been looked through, see `mendLengths`.
    void store.put(slab.checksum === undefined ? slab : sealSlab(slab), number);
  }
}
