import type { IDBPObjectStore } from 'idb';
import { ByteReader, ByteWriter } from '../../core/bytes/byte-stream';
import { checksum } from '../../core/bytes/checksum';
import { lightReads } from '../light-reads';
import type { LibrarySchema, StoredVectorIndex, VectorIndex, VectorSlab } from '../schema';
import { blockSize, blocksPerSlab, recordsOf } from './vector-records';

interface Indexes {
  readonly mode: IDBTransactionMode;
  objectStore(name: 'vectorIndexes'): { get(modelKey: string): Promise<StoredVectorIndex | undefined> };
  objectStore(name: 'vectorBlocks'): { getKey(range: IDBKeyRange): Promise<unknown> };
}

type ReadStore = IDBPObjectStore<LibrarySchema, ['vectorIndexes'], 'vectorIndexes', 'readonly'>;

/**
 * What is known of a model's vectors, within a transaction; `undefined` when it has none. Where it has vectors, but the record of them is gone or is not what
 * was written, an index that is incomplete, and not stored as such yet: see `mendNextIndex`.
 * @throws what the browser says of a record that it cannot read at all, in a transaction that writes, which is taken back with it
 */
export async function readIndex(transaction: Indexes, modelKey: string): Promise<VectorIndex | undefined> {
  const store = transaction.objectStore('vectorIndexes');
  const record = await (transaction.mode === 'readonly' ? lightReads(store as ReadStore) : store).get(modelKey);
  const index = record && unpackIndex(record);
  if (index) return index;
  const hasBlocks = (await transaction.objectStore('vectorBlocks').getKey(recordsOf(modelKey))) !== undefined;
  return record || hasBlocks ? { ...newIndex(), isIncomplete: true } : undefined;
}

export const newIndex = (): VectorIndex => ({ generation: crypto.randomUUID(), revision: 0, slabs: [] });

/** As it is to be put: see `StoredVectorIndex`. */
export function packIndex({ slabs, ...rest }: VectorIndex): StoredVectorIndex {
  const writer = new ByteWriter();
  for (const { number, dimensions, count, alive, isSealed, revision } of slabs) {
    for (const value of [number, dimensions, count, alive, isSealed ? 1 : 0, revision]) writer.integer(value);
  }
  const packedSlabs = writer.finish();
  return { ...rest, packedSlabs, checksum: checksumOf({ ...rest, packedSlabs }) };
}

/** @returns `undefined` when it is not what was written */
function unpackIndex({ packedSlabs, slabs, checksum: written, ...rest }: StoredVectorIndex): VectorIndex | undefined {
  if (!(packedSlabs instanceof Uint8Array)) return slabs && { ...rest, slabs };
  if (written !== undefined)
    return written === checksumOf({ ...rest, packedSlabs }) ? { ...rest, slabs: unpackSlabs(packedSlabs) } : undefined;
  try {
    const unpacked = unpackSlabs(packedSlabs);
    return arePossible(unpacked) ? { ...rest, slabs: unpacked } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @throws RangeError when the bytes are cut short */
function unpackSlabs(packed: Uint8Array): VectorSlab[] {
  const reader = new ByteReader(packed);
  const slabs: VectorSlab[] = [];
  while (!reader.atEnd()) {
    slabs.push({
      number: reader.integer(),
      dimensions: reader.integer(),
      count: reader.integer(),
      alive: reader.integer(),
      isSealed: reader.integer() === 1,
      revision: reader.integer(),
    });
  }
  return slabs;
}

/** Of a record of an earlier version, which has no checksum. */
const arePossible = (slabs: readonly VectorSlab[]): boolean =>
  slabs.every(
    ({ number, count, alive }, at) => number > (slabs[at - 1]?.number ?? -1) && alive <= count && count <= blocksPerSlab * blockSize,
  );

function checksumOf({
  generation,
  revision,
  centre,
  isIncomplete,
  losses,
  packedSlabs,
}: Omit<StoredVectorIndex, 'slabs' | 'checksum'>): number {
  const parts = [generation, revision, isIncomplete, losses?.revision, losses?.slabs, checksum(packedSlabs ?? new Uint8Array())];
  const centreBytes = centre && new Uint8Array(centre.buffer, centre.byteOffset, centre.byteLength);
  return checksum(new TextEncoder().encode(JSON.stringify([...parts, centreBytes && checksum(centreBytes)])));
}
