import { type Library, vectorStores } from '../schema';
import { countEmbedded } from './count-embedded';
import { mendSlab } from './mend-vectors';
import { newIndex, packIndex, readIndex } from './stored-index';
import { unmarkLosses } from './unmark-losses';
import { readVectorModels } from './vector-models';
import { blocksPerSlab, recordsOf, slabOfBlock } from './vector-records';

/**
 * One step of making what is known of each model's vectors anew where it was damaged: a slab from its blocks, which tell their passages and checksums, so that
 * nothing is paid for again but what is lost. Must not run twice at once.
 * @returns whether there may be more to do
 */
export async function mendNextIndex(library: Library): Promise<boolean> {
  const { unwanted } = await readVectorModels(library);
  for (const modelKey of await library.getAllKeys('vectorIndexes')) {
    if (unwanted.includes(modelKey)) continue;
    const index = await readIndex(library.transaction(vectorStores), modelKey);
    if (index?.isIncomplete && (await noteNextSlab(library, modelKey, new Set(index.slabs.map(({ number }) => number))))) return true;
    if (index?.isIncomplete || index?.losses) await unmarkLosses(library, modelKey);
  }
  return false;
}

/**
 * Puts an empty index, which says that it is incomplete, in the place of each that is damaged or gone: with a record that cannot be read nothing could be saved nor
 * deleted. To be called before `mendNextIndex`.
 */
export async function beginIndexes(library: Library): Promise<void> {
  for (const modelKey of await storedModels(library)) {
    const index = await readIndex(library.transaction(vectorStores), modelKey);
    const isLost = index ? index.isIncomplete && index.revision === 0 : (await countEmbedded(library, modelKey)) > 0;
    // Not read again where it is written: what cannot be read would take the transaction back.
    if (isLost) await library.put('vectorIndexes', packIndex({ ...newIndex(), isIncomplete: true, revision: 1 }), modelKey);
  }
}

/** @returns whether there was one that is not known */
async function noteNextSlab(library: Library, modelKey: string, known: ReadonlySet<number>): Promise<boolean> {
  for (let next = 0; ; next++) {
    while (known.has(next)) next++;
    const key = await library.getKey('vectorBlocks', recordsOf(modelKey, next * blocksPerSlab));
    if (!key) return false;
    next = slabOfBlock(key[1]);
    if (known.has(next)) continue;
    await mendSlab(library, modelKey, next);
    return true;
  }
}

/** Models that have vectors, or should have. */
async function storedModels(library: Library): Promise<ReadonlySet<string>> {
  const transaction = library.transaction(['vectorIndexes', 'vectorBlocks', 'pages']);
  const found = new Set(await transaction.objectStore('vectorIndexes').getAllKeys());
  // Each looked for by itself, from the next key that there can be: a cursor that passes over the others of its like goes through all of them.
  const blocks = transaction.objectStore('vectorBlocks');
  for (let key = await blocks.getKey(IDBKeyRange.lowerBound([])); key; key = await blocks.getKey(IDBKeyRange.lowerBound([key[0], []]))) {
    found.add(key[0]);
  }
  const pages = transaction.objectStore('pages').index('byModel');
  for (let cursor = await pages.openKeyCursor(); cursor; cursor = await pages.openKeyCursor(IDBKeyRange.lowerBound(`${cursor.key}\0`))) {
    found.add(cursor.key);
  }
  return found;
}
