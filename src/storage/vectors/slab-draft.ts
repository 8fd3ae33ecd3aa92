import { restoreVector } from '../../core/vectors/quantize-vector';
import { takeSigns, wordsOf } from '../../core/vectors/vector-signs';
import { perLibrary } from '../per-library';
import type { VectorIndex, VectorSlab, WriteTransaction } from '../schema';
import { type SlabSigns, slabSize, type VectorBlock } from './vector-records';

/** What was just written of a slab that is not full: with it, what follows is put behind it and the slab is sealed without reading anything back. */
export interface SlabDraft {
  /** The last block, while it has room. */
  readonly block?: VectorBlock | undefined;
  /** Of all of the slab's vectors so far, with room for the others; absent while there is no centre, or some of the vectors were written before. */
  readonly signs?: SlabSigns | undefined;
}

interface HeldDraft extends Pick<VectorIndex, 'generation' | 'revision'> {
  readonly draft: SlabDraft;
}

/** One a model, some 120 kB at 1,536 dimensions. */
const held = perLibrary(() => new Map<string, HeldDraft>());

/** @returns what is held of the index's last slab, or nothing of it where it is not as it was left: each change raises the index's revision */
export function draftOf(transaction: WriteTransaction, modelKey: string, { generation, revision }: VectorIndex): SlabDraft {
  const found = held(transaction.db).get(modelKey);
  return found?.generation === generation && found.revision === revision ? found.draft : {};
}

/** Holds what was written, once it is surely there. */
export function holdDraft(transaction: WriteTransaction, modelKey: string, { generation, revision }: VectorIndex, draft: SlabDraft): void {
  const drafts = held(transaction.db);
  transaction.done.then(
    () => drafts.set(modelKey, { generation, revision, draft }),
    () => {},
  );
}

/** Of a slab with nothing in it. */
export function newDraft({ centre }: VectorIndex, { dimensions }: VectorSlab): SlabDraft {
  return centre?.length === dimensions ? { signs: emptySigns(dimensions, slabSize(dimensions)) } : {};
}

export function emptySigns(dimensions: number, count: number): SlabSigns {
  const words = wordsOf(dimensions);
  return {
    dimensions,
    count,
    words,
    passageIds: new Uint32Array(count),
    factors: new Float32Array(count),
    offsets: new Float32Array(count),
    bits: new Int32Array(count * words),
  };
}

/**
 * Takes the signs of a block's vectors from its codes.
 * @param first place of the block's first vector in the slab
 * @param from place in the block of the first vector that is wanted
 */
export function addSigns(signs: SlabSigns, centre: Float32Array, block: VectorBlock, first: number, from = 0): void {
  const vector = new Float32Array(block.dimensions);
  for (let place = from; place < block.count; place++) {
    const passageId = block.passageIds[place] as number;
    if (passageId === 0) continue;
    restoreVector(block.codes, place * block.dimensions, block.factors[place] as number, vector);
    const at = first + place;
    const { factor, offset } = takeSigns(vector, centre, signs.bits, at * signs.words);
    signs.passageIds[at] = passageId;
    signs.factors[at] = factor;
    signs.offsets[at] = offset;
  }
}
