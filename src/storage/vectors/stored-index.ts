import { ByteReader, ByteWriter } from '../../core/bytes/byte-stream';
import type { StoredVectorIndex, VectorIndex, VectorSlab } from '../schema';

interface Indexes {
  objectStore(name: 'vectorIndexes'): { get(modelKey: string): Promise<StoredVectorIndex | undefined> };
}

/** What is known of a model's vectors, within a transaction; `undefined` when it has none. */
export async function readIndex(transaction: Indexes, modelKey: string): Promise<VectorIndex | undefined> {
  const stored = await transaction.objectStore('vectorIndexes').get(modelKey);
  return stored && unpackIndex(stored);
}

/** As it is to be put: see `StoredVectorIndex`. */
export function packIndex({ slabs, ...rest }: VectorIndex): StoredVectorIndex {
  const writer = new ByteWriter();
  for (const { number, dimensions, count, alive, isSealed, revision } of slabs) {
    for (const value of [number, dimensions, count, alive, isSealed ? 1 : 0, revision]) writer.integer(value);
  }
  return { ...rest, packedSlabs: writer.finish() };
}

function unpackIndex({ packedSlabs, slabs = [], ...rest }: StoredVectorIndex): VectorIndex {
  return { ...rest, slabs: packedSlabs ? unpackSlabs(new ByteReader(packedSlabs)) : slabs };
}

function unpackSlabs(reader: ByteReader): VectorSlab[] {
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
