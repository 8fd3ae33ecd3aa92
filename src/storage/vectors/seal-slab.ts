import { restoreVector } from '../../core/vectors/quantize-vector';
import { takeSigns, wordsKept, wordsOf } from '../../core/vectors/vector-signs';
import type { PackedVectors, VectorIndex, VectorSlab, WriteTransaction } from '../schema';
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

export async function readBlocks(store: BlockStore, modelKey: string, slab: VectorSlab): Promise<SlabBlocks> {
  const range = blocksOf(modelKey, slab.number);
  const [keys, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  const blocks: { number: number; block: VectorBlock }[] = [];
  const damaged: number[] = [];
  let alive = 0;
  keys.forEach(([, number], index) => {
    const block = openBlock(records[index]);
    if (!block || block.dimensions !== slab.dimensions) {
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
  slab.isSealed = true;
  void transaction
    .objectStore('vectorSigns')
    .put(packSigns(shorten(signsOf(blocks, slab, index.centre), wordsKept(slab.dimensions))), [modelKey, slab.number]);
}

/** The signs of what is in these blocks of a slab, with all words. */
export function signsOf(blocks: SlabBlocks['blocks'], { number, dimensions, count }: VectorSlab, centre: Float32Array): SlabSigns {
  const words = wordsOf(dimensions);
  const signs = {
    dimensions,
    count,
    words,
    passageIds: new Uint32Array(count),
    factors: new Float32Array(count),
    offsets: new Float32Array(count),
    bits: new Int32Array(count * words),
  };
  forEachVector(blocks, dimensions, (vector, passageId, block, place) => {
    const at = (block - number * blocksPerSlab) * blockSize + place;
    const { factor, offset } = takeSigns(vector, centre, signs.bits, at * words);
    signs.passageIds[at] = passageId;
    signs.factors[at] = factor;
    signs.offsets[at] = offset;
  });
  return signs;
}

function meanOf(blocks: SlabBlocks['blocks'], alive: number, dimensions: number): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(dimensions);
  forEachVector(blocks, dimensions, (vector) => {
    for (let place = 0; place < dimensions; place++) mean[place] = (mean[place] as number) + (vector[place] as number) / alive;
  });
  return mean;
}

function forEachVector(
  blocks: SlabBlocks['blocks'],
  dimensions: number,
  use: (vector: Float32Array, passageId: number, block: number, place: number) => void,
): void {
  const vector = new Float32Array(dimensions);
  for (const { number, block } of blocks) {
    block.passageIds.forEach((passageId, place) => {
      if (passageId === 0) return;
      restoreVector(block.codes, place * dimensions, block.factors[place] as number, vector);
      use(vector, passageId, number, place);
    });
  }
}
