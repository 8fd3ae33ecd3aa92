import { lightReads } from '../light-reads';
import { type Library, vectorStores } from '../schema';
import { writeWhole } from '../write-whole';
import { readBlocks, sealSlab } from './seal-slab';
import { readIndex } from './stored-index';
import { slabOfBlock, slabSize } from './vector-records';
import { putIndex, removeSlab } from './vector-slabs';

const mendedStores = [...vectorStores, 'pages', 'indexedPages'] as const;

/**
 * Mends slabs of which something was found that is not what was written. Signs are taken anew from the blocks. A block's vectors are nowhere else: it is
 * deleted, and the pages that had vectors in it no longer count as embedded, so that they come up for it again; till then the rest of their vectors serve.
 */
export async function mendVectors(library: Library, modelKey: string, slabNumbers: ReadonlySet<number>): Promise<void> {
  const damagedBlocks = await findDamaged(library, modelKey, slabNumbers);
  const transaction = library.transaction(mendedStores, 'readwrite', {
    durability: 'strict',
  });
  await writeWhole(transaction, async () => {
    const index = await readIndex(transaction, modelKey);
    if (!index) return;
    const intact = new Set<number>();
    let isSomethingLost = false;
    for (const slab of index.slabs.filter(({ number }) => slabNumbers.has(number))) {
      for (const number of damagedBlocks.get(slab.revision) ?? []) void transaction.objectStore('vectorBlocks').delete([modelKey, number]);
      const { blocks, alive, damaged } = await readBlocks(transaction.objectStore('vectorBlocks'), modelKey, slab);
      for (const { number } of blocks) intact.add(number);
      for (const number of damaged) void transaction.objectStore('vectorBlocks').delete([modelKey, number]);
      isSomethingLost ||= damaged.length > 0 || alive !== slab.alive;
      slab.alive = alive;
      slab.isSealed = false;
      slab.revision = ++index.revision;
      void transaction.objectStore('vectorSigns').delete([modelKey, slab.number]);
      if (alive === 0) removeSlab(transaction, modelKey, index, slab);
      else if (slab.count >= slabSize(slab.dimensions)) await sealSlab(transaction, modelKey, index, slab);
    }
    await putIndex(transaction, modelKey, index);
    if (!isSomethingLost) return;
    for (let cursor = await transaction.objectStore('indexedPages').openCursor(); cursor; cursor = await cursor.continue()) {
      const hasLost = cursor.value.vectorBlocks.some(
        (place) => place.modelKey === modelKey && slabNumbers.has(slabOfBlock(place.block)) && !intact.has(place.block),
      );
      const page = hasLost ? await transaction.objectStore('pages').get(cursor.primaryKey) : undefined;
      if (!page?.embeddedWith) continue;
      const { embeddedWith, ...rest } = page;
      const left = embeddedWith.filter((model) => model !== modelKey);
      await transaction.objectStore('pages').put(left.length > 0 ? { ...rest, embeddedWith: left } : rest);
    }
  });
}

/**
 * In a transaction of its own, for one that writes is taken back when a record in it cannot be read.
 * @returns numbers of blocks, by the revision of their slab: what has changed since then is not meant
 */
async function findDamaged(library: Library, modelKey: string, slabNumbers: ReadonlySet<number>): Promise<Map<number, readonly number[]>> {
  const transaction = library.transaction(vectorStores);
  const blocks = lightReads(transaction.objectStore('vectorBlocks'));
  const index = await readIndex(transaction, modelKey);
  const slabs = index?.slabs.filter(({ number }) => slabNumbers.has(number)) ?? [];
  const found = await Promise.all(slabs.map(async (slab) => [slab.revision, (await readBlocks(blocks, modelKey, slab)).damaged] as const));
  return new Map(found);
}
