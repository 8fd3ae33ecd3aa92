import { restoreVector } from '../../core/vectors/quantize-vector';
import type { WriteTransaction } from '../schema';
import { openBlock } from './vector-records';

/**
 * The vectors of a run of passages, in order, as they are restored from their codes; written again they have the same codes.
 * @param blocks where they are
 * @returns `undefined` when one of them is missing or damaged
 */
export async function readVectors(
  transaction: WriteTransaction,
  modelKey: string,
  blocks: readonly number[],
  firstId: number,
  count: number,
): Promise<Float32Array[] | undefined> {
  const found = new Map<number, Float32Array>();
  for (const number of blocks) {
    const block = openBlock(await transaction.objectStore('vectorBlocks').get([modelKey, number]));
    block?.passageIds.forEach((passageId, place) => {
      if (passageId < firstId || passageId >= firstId + count) return;
      const vector = new Float32Array(block.dimensions);
      restoreVector(block.codes, place * block.dimensions, block.factors[place] ?? 0, vector);
      found.set(passageId, vector);
    });
  }
  const vectors = Array.from({ length: count }, (_, offset) => found.get(firstId + offset));
  return vectors.every((vector) => vector !== undefined) ? vectors : undefined;
}
