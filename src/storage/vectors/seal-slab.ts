import { restoreVector } from '../../core/vectors/quantize-vector';
import { wordsKept } from '../../core/vectors/vector-signs';
import type { PackedVectors, VectorIndex, VectorSlab, WriteTransaction } from '../schema';
import { addSigns, emptySigns } from './slab-draft';
import { blockSize, blocksOf, blocksPerSlab, openBlock, packSigns, type SlabSigns, shorten, type VectorBlock } from './vector-records';

/** What can be read of a slab's blocks; those of which nothing is left alive are gone. */
export interface SlabBlocks {
  readonly blocks: readonly { readonly number: number; readonly block: VectorBlock }[];
  /** Vectors alive in them. */
  readonly alive: number;
  /** Numbers of blocks that are not what was written. */
  readonly damaged: readonly number[];
}

interface BlockStore {
  /** `undefined` for a record that cannot be read. */
  getAll(range: IDBKeyRange): Promise<(PackedVectors | undefined)[]>;
  getAllKeys(range: IDBKeyRange): Promise<[string, number][]>;
}

/** @param slab of which the dimensions are those of its first sound block, where they are not known */
export async function readBlocks(
  store: BlockStore,
  modelKey: string,
  slab: { readonly number: number; readonly dimensions: number | undefined },
): Promise<SlabBlocks> {
  const range = blocksOf(modelKey, slab.number);
  let { dimensions } = slab;
  const [keys, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  const blocks: { number: number; block: VectorBlock }[] = [];
  const damaged: number[] = [];
  let alive = 0;
  keys.forEach(([, number], index) => {
    const block = openBlock(records[index]);
    dimensions ??= block?.dimensions;
    if (!block || block.dimensions !== dimensions) {
      damaged.push(number);
      return;
    }
    blocks.push({ number, block });
    for (const passageId of block.passageIds) if (passageId !== 0) alive += 1;
  });
  return { blocks, alive, damaged };
}

/**
 * Takes the signs of a full slab from its blocks and stores them, so that searches need not read the blocks. The first slab sets the centre that signs
 * are taken around, the mean of its vectors. A slab of which something is amiss is left as it is, and searched through its blocks.
 */
export async function sealSlab(transaction: WriteTransaction, modelKey: string, index: VectorIndex, slab: VectorSlab): Promise<void> {
  const { blocks, alive, damaged } = await readBlocks(transaction.objectStore('vectorBlocks'), modelKey, slab);
  if (damaged.length > 0 || alive !== slab.alive) return;
  if (index.centre?.length !== slab.dimensions) {
    index.centre = meanOf(blocks, alive, slab.dimensions);
    // Signs around a centre of another length are of no use.
    for (const other of index.slabs) {
      if (!other.isSealed) continue;
      void transaction.objectStore('vectorSigns').delete([modelKey, other.number]);
      other.isSealed = false;
      other.revision = ++index.revision;
    }
  }
  storeSigns(transaction, modelKey, slab, signsOf(blocks, slab, index.centre));
}

/** The signs of what is in these blocks of a slab, with all words. */
export function signsOf(blocks: SlabBlocks['blocks'], { number: slab, dimensions, count }: VectorSlab, centre: Float32Array): SlabSigns {
  const signs = emptySigns(dimensions, count);
  for (const { number, block } of blocks) addSigns(signs, centre, block, (number - slab * blocksPerSlab) * blockSize);
  return signs;
}

/** Stores the signs of all of a slab's vectors, within a transaction. */
export function storeSigns(transaction: WriteTransaction, modelKey: string, slab: VectorSlab, signs: SlabSigns): void {
  slab.isSealed = true;
  void transaction.objectStore('vectorSigns').put(packSigns(shorten(signs, wordsKept(slab.dimensions))), [modelKey, slab.number]);
}

function meanOf(blocks: SlabBlocks['blocks'], alive: number, dimensions: number): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(dimensions);
  const vector = new Float32Array(dimensions);
  for (const { block } of blocks) {
    block.passageIds.forEach((passageId, at) => {
      if (passageId === 0) return;
      restoreVector(block.codes, at * dimensions, block.factors[at] as number, vector);
      for (let place = 0; place < dimensions; place++) mean[place] = (mean[place] as number) + (vector[place] as number) / alive;
    });
  }
  return mean;
}
