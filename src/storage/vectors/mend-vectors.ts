import { lightReads } from '../light-reads';
import { type Library, type VectorIndex, type VectorSlab, vectorStores } from '../schema';
import { writeWhole } from '../write-whole';
import { readBlocks, sealSlab } from './seal-slab';
import { readIndex } from './stored-index';
import { unmarkLosses } from './unmark-losses';
import { blockSize, blocksPerSlab, slabSize } from './vector-records';
import { putIndex } from './vector-slabs';

/**
 * Mends slabs of which something was found that is not what was written. Signs are taken anew from the blocks. A block's vectors are nowhere else: it is
 * deleted, and the pages that had vectors in it no longer count as embedded, so that they come up for it again; till then the rest of their vectors serve.
 */
export async function mendVectors(library: Library, modelKey: string, slabNumbers: ReadonlySet<number>): Promise<void> {
  // `mendNextIndex` makes all of it anew, and only then is it whole.
  if ((await readIndex(library.transaction(vectorStores), modelKey))?.isIncomplete) return;
  for (const number of slabNumbers) await mendSlab(library, modelKey, number);
  await unmarkLosses(library, modelKey);
}

/** Mends one slab, in one transaction, or notes one in an index that is incomplete. Where a block is lost, the index says so until its pages are found. */
export async function mendSlab(library: Library, modelKey: string, number: number): Promise<void> {
  const found = await lookAt(library, modelKey, number);
  const transaction = library.transaction(vectorStores, 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const index = await readIndex(transaction, modelKey);
    const slab = index && (index.slabs.find((one) => one.number === number) ?? noteSlab(index, found.slab));
    if (!slab) return;
    const blocks = transaction.objectStore('vectorBlocks');
    // Else they are those of another index: in one and the same, what is damaged stays so until it is deleted.
    if (found.generation === index.generation) for (const block of found.damaged) void blocks.delete([modelKey, block]);
    const { alive, damaged } = await readBlocks(blocks, modelKey, slab);
    for (const block of damaged) void blocks.delete([modelKey, block]);
    slab.isSealed = false;
    slab.revision = ++index.revision;
    if (damaged.length > 0 || alive !== slab.alive) {
      index.losses = { slabs: [...new Set([...(index.losses?.slabs ?? []), number])], revision: index.revision };
    }
    slab.alive = alive;
    void transaction.objectStore('vectorSigns').delete([modelKey, number]);
    if (alive > 0 && slab.count >= slabSize(slab.dimensions)) await sealSlab(transaction, modelKey, index, slab);
    await putIndex(transaction, modelKey, index);
  });
}

/** Notes a slab in its place, if there is any and the index is incomplete. */
function noteSlab(index: VectorIndex, slab: VectorSlab | undefined): VectorSlab | undefined {
  if (!slab || !index.isIncomplete) return undefined;
  index.slabs.push(slab);
  index.slabs.sort((a, b) => a.number - b.number);
  return slab;
}

interface FoundSlab {
  /** Of the index. */
  readonly generation: string | undefined;
  /** As its blocks are; `undefined` where there are none. */
  readonly slab: VectorSlab | undefined;
  /** Numbers of blocks that are not what was written. */
  readonly damaged: readonly number[];
}

/** In a transaction of its own, for one that writes is taken back when a record in it cannot be read. */
async function lookAt(library: Library, modelKey: string, number: number): Promise<FoundSlab> {
  const transaction = library.transaction(vectorStores);
  const index = await readIndex(transaction, modelKey);
  const store = lightReads(transaction.objectStore('vectorBlocks'));
  const dimensions = index?.slabs.find((slab) => slab.number === number)?.dimensions;
  const { blocks, alive, damaged } = await readBlocks(store, modelKey, { number, dimensions });
  const numbers = [...damaged, ...blocks.map((block) => block.number)];
  const last = blocks.at(-1);
  // Of a damaged one nobody knows how many places it has: nothing may be put there while pages refer to it.
  const placesOf = (block: number) =>
    (block - number * blocksPerSlab) * blockSize + (block === last?.number ? last.block.count : blockSize);
  const slab = {
    number,
    dimensions: dimensions ?? last?.block.dimensions ?? 0,
    count: Math.max(0, ...numbers.map(placesOf)),
    alive,
    isSealed: false,
    revision: 0,
  };
  return { generation: index?.generation, slab: numbers.length > 0 ? slab : undefined, damaged };
}
