import type { PassageId } from '../core/page';
import { cosineToCode, quantizeVectors } from '../core/quantize-vector';
import type { Library, VectorSlab, WriteTransaction } from './schema';

/** Vectors a slab: small enough that adding a page rewrites little, large enough that a scan reads few records. */
const slabSize = 256;
/** Slabs held in memory at once during a scan. */
const slabsPerRead = 16;

const slabsOf = (modelKey: string, from = 0, to = Number.MAX_SAFE_INTEGER) => IDBKeyRange.bound([modelKey, from], [modelKey, to]);

/**
 * Adds vectors to a model's slabs, within a transaction.
 * @param vectors one a passage, all of the same number of dimensions
 * @returns the numbers of the slabs they went into
 */
export async function appendVectors(
  transaction: WriteTransaction,
  modelKey: string,
  firstId: PassageId,
  vectors: readonly Float32Array[],
): Promise<number[]> {
  const dimensions = vectors[0]?.length ?? 0;
  if (dimensions === 0) return [];
  const store = transaction.objectStore('vectors');
  const lastKey = (await store.openKeyCursor(slabsOf(modelKey), 'prev'))?.key;
  let number = lastKey ? lastKey[1] : 0;
  let slab = lastKey ? await store.get(lastKey) : undefined;
  const written: number[] = [];
  for (let done = 0; done < vectors.length; ) {
    if (slab && (slab.count >= slabSize || slab.dimensions !== dimensions)) {
      number += 1;
      slab = undefined;
    }
    const taken = Math.min(vectors.length - done, slabSize - (slab?.count ?? 0));
    slab = joinSlab(slab, firstId + done, vectors.slice(done, done + taken), dimensions);
    await store.put(slab, [modelKey, number]);
    written.push(number);
    done += taken;
  }
  return written;
}

function joinSlab(slab: VectorSlab | undefined, firstId: number, vectors: readonly Float32Array[], dimensions: number): VectorSlab {
  const added = quantizeVectors(vectors, dimensions);
  const before = slab?.count ?? 0;
  const count = before + vectors.length;
  const joined: VectorSlab = {
    dimensions,
    count,
    passageIds: new Uint32Array(count),
    scales: new Float32Array(count),
    codes: new Int8Array(count * dimensions),
  };
  if (slab) {
    joined.passageIds.set(slab.passageIds);
    joined.scales.set(slab.scales);
    joined.codes.set(slab.codes);
  }
  for (let index = 0; index < vectors.length; index++) joined.passageIds[before + index] = firstId + index;
  joined.scales.set(added.scales, before);
  joined.codes.set(added.codes, before * dimensions);
  return joined;
}

/** Overwrites the vectors of a range of passages with nothing, within a transaction. */
export async function eraseVectors(
  transaction: WriteTransaction,
  slabs: readonly { modelKey: string; slab: number }[],
  firstId: number,
  count: number,
): Promise<void> {
  const store = transaction.objectStore('vectors');
  for (const { modelKey, slab: number } of slabs) {
    const slab = await store.get([modelKey, number]);
    if (!slab) continue;
    slab.passageIds.forEach((passageId, index) => {
      if (passageId < firstId || passageId >= firstId + count) return;
      slab.passageIds[index] = 0;
      slab.codes.fill(0, index * slab.dimensions, (index + 1) * slab.dimensions);
    });
    if (slab.passageIds.some((passageId) => passageId !== 0)) await store.put(slab, [modelKey, number]);
    else await store.delete([modelKey, number]);
  }
}

export async function hasVectors(library: Library, modelKey: string): Promise<boolean> {
  return (await library.count('vectors', slabsOf(modelKey))) > 0;
}

/**
 * Scores every vector of a model against the query, reading the slabs piece by piece.
 * @param query of length 1
 * @returns the cosine of each passage that has a vector of as many dimensions
 */
export async function scanVectors(library: Library, modelKey: string, query: Float32Array): Promise<{ id: PassageId; score: number }[]> {
  const scores: { id: PassageId; score: number }[] = [];
  const keys = await library.getAllKeys('vectors', slabsOf(modelKey));
  for (let from = 0; from < keys.length; from += slabsPerRead) {
    const first = keys[from];
    const last = keys[Math.min(keys.length, from + slabsPerRead) - 1];
    if (!first || !last) break;
    for (const slab of await library.getAll('vectors', IDBKeyRange.bound(first, last))) {
      if (slab.dimensions !== query.length) continue;
      for (let index = 0; index < slab.count; index++) {
        const id = slab.passageIds[index] as PassageId;
        if (id !== 0) scores.push({ id, score: cosineToCode(query, slab, index) });
      }
    }
  }
  return scores;
}
