import type { PassageId } from '../../src/core/pages/page';
import { cosineToCodes } from '../../src/core/vectors/quantize-vector';
import { type Library, vectorStores } from '../../src/storage/schema';
import { readBlocks } from '../../src/storage/vectors/seal-slab';
import { readIndex } from '../../src/storage/vectors/stored-index';

/** How many passages have a vector of this model. */
export async function countVectors(library: Library, modelKey: string): Promise<number> {
  const index = await readIndex(library.transaction(vectorStores), modelKey);
  return index ? index.slabs.reduce((sum, slab) => sum + slab.alive, 0) : 0;
}

/**
 * Scores every vector of a model against the query, block by block: the reference that `searchVectors` is measured by.
 * @param query of length 1
 * @returns the cosine of each passage that has a vector of as many dimensions
 */
export async function scanVectors(library: Library, modelKey: string, query: Float32Array): Promise<{ id: PassageId; score: number }[]> {
  const scores: { id: PassageId; score: number }[] = [];
  const transaction = library.transaction(vectorStores);
  const index = await readIndex(transaction, modelKey);
  for (const slab of index?.slabs ?? []) {
    if (slab.dimensions !== query.length) continue;
    const { blocks } = await readBlocks(transaction.objectStore('vectorBlocks'), modelKey, slab);
    for (const { block } of blocks) {
      block.passageIds.forEach((id, place) => {
        if (id === 0) return;
        scores.push({
          id: id as PassageId,
          score: cosineToCodes(query, block.codes, place * query.length, block.factors[place] as number),
        });
      });
    }
  }
  return scores;
}
