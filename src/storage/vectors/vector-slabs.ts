import type { PassageId } from '../../core/pages/page';
import { dimensionsOf, type PassageVector, writeVector } from '../../core/vectors/quantize-vector';
import { type IndexedPage, type Library, type VectorIndex, type VectorSlab, vectorStores, type WriteTransaction } from '../schema';
import { writeWhole } from '../write-whole';
import { sealSlab, storeSigns } from './seal-slab';
import { addSigns, draftOf, holdDraft, newDraft } from './slab-draft';
import { newIndex, packIndex, readIndex } from './stored-index';
import {
  blockSize,
  blocksOf,
  blocksPerSlab,
  newBlock,
  openBlock,
  openSigns,
  packBlock,
  packSigns,
  recordsOf,
  slabOfBlock,
  slabSize,
  type VectorBlock,
} from './vector-records';

/** Slabs deleted in one transaction: some 14 MB at 1,536 dimensions. */
const slabsDroppedAtOnce = 8;

/**
 * Adds vectors to a model's index, within a transaction. Whatever the library's size, this rewrites one block; each slab that becomes full is sealed. What
 * this worker wrote last is not read back.
 * @param vectors one a passage, all of the same number of dimensions; those of a backup are codes already
 * @returns the numbers of the blocks they went into
 */
export async function appendVectors(
  transaction: WriteTransaction,
  modelKey: string,
  firstId: PassageId,
  vectors: readonly PassageVector[],
): Promise<number[]> {
  const dimensions = vectors[0] ? dimensionsOf(vectors[0]) : 0;
  if (dimensions === 0) return [];
  const reading = readIndex(transaction, modelKey);
  // Whoever waits for it hears of it, unless what follows throws first.
  reading.catch(() => {});
  // Meanwhile: it takes about as long.
  const quantized = quantizeAll(vectors, dimensions);
  const index = (await reading) ?? newIndex();
  const blocks = transaction.objectStore('vectorBlocks');
  const written: number[] = [];
  const free = await firstFreeSlab(transaction, modelKey, index);
  // Behind it may lie what an index that is incomplete does not name.
  let slab = index.slabs.find(({ number }) => number === free - 1);
  let draft = draftOf(transaction, modelKey, index);
  for (let done = 0; done < vectors.length; ) {
    if (!slab || slab.count >= slabSize(dimensions) || slab.dimensions !== dimensions) {
      // Of an earlier version, whose slabs were larger.
      if (slab?.dimensions === dimensions && !slab.isSealed) await sealSlab(transaction, modelKey, index, slab);
      slab = addSlab(index, dimensions, Math.max(free, (index.slabs.at(-1)?.number ?? -1) + 1));
      draft = newDraft(index, slab);
    }
    const filled = slab.count % blockSize;
    const number = slab.number * blocksPerSlab + Math.floor(slab.count / blockSize);
    const record = filled > 0 && !draft.block ? await blocks.get([modelKey, number]) : undefined;
    const before = draft.block ?? openBlock(record);
    if (record && !before) {
      // A damaged block is left to be mended, and not mixed with what is sound.
      slab.count += blockSize - filled;
      draft = {};
      continue;
    }
    const taken = Math.min(vectors.length - done, blockSize - filled);
    const block = joinBlock(before, filled, firstId, quantized, done, done + taken);
    void blocks.put(packBlock(block), [modelKey, number]);
    written.push(number);
    const { signs } = draft;
    if (signs && index.centre) addSigns(signs, index.centre, block, slab.count - filled, filled);
    draft = { block: block.count < blockSize ? block : undefined, signs };
    done += taken;
    slab.count += taken;
    slab.alive += taken;
    slab.revision = ++index.revision;
    if (slab.count < slabSize(dimensions)) continue;
    if (signs) storeSigns(transaction, modelKey, slab, signs);
    else await sealSlab(transaction, modelKey, index, slab);
  }
  void transaction.objectStore('vectorIndexes').put(packIndex(index), modelKey);
  holdDraft(transaction, modelKey, index, draft);
  return written;
}

/** The number behind that of the last slab, whether the index names it or not. */
async function firstFreeSlab(transaction: WriteTransaction, modelKey: string, { slabs, isIncomplete }: VectorIndex): Promise<number> {
  const last = slabs.at(-1)?.number ?? -1;
  if (!isIncomplete) return last + 1;
  const stored = await transaction.objectStore('vectorBlocks').openKeyCursor(recordsOf(modelKey), 'prev');
  return Math.max(last, stored ? slabOfBlock(stored.key[1]) : -1) + 1;
}

function addSlab(index: VectorIndex, dimensions: number, number: number): VectorSlab {
  const slab = { number, dimensions, count: 0, alive: 0, isSealed: false, revision: 0 };
  index.slabs.push(slab);
  return slab;
}

function quantizeAll(vectors: readonly PassageVector[], dimensions: number): VectorBlock {
  const quantized = newBlock(dimensions, vectors.length);
  vectors.forEach((vector, place) => {
    if (dimensionsOf(vector) !== dimensions) throw new RangeError(`A vector has ${dimensionsOf(vector)} dimensions, not ${dimensions}.`);
    quantized.factors[place] = writeVector(vector, quantized.codes, place * dimensions);
  });
  return quantized;
}

/** What a block holds already, with a part of the vectors behind it. */
function joinBlock(
  before: VectorBlock | undefined,
  filled: number,
  firstId: number,
  { dimensions, factors, codes }: VectorBlock,
  from: number,
  to: number,
): VectorBlock {
  const block = newBlock(dimensions, filled + to - from);
  if (before) {
    block.passageIds.set(before.passageIds);
    block.factors.set(before.factors);
    block.codes.set(before.codes);
  }
  for (let place = from; place < to; place++) block.passageIds[filled + place - from] = firstId + place;
  block.factors.set(factors.subarray(from, to), filled);
  block.codes.set(codes.subarray(from * dimensions, to * dimensions), filled * dimensions);
  return block;
}

/** Overwrites the vectors of a range of passages with nothing, within a transaction. What is left empty is deleted. */
export async function eraseVectors(
  transaction: WriteTransaction,
  places: IndexedPage['vectorBlocks'],
  firstId: number,
  count: number,
): Promise<void> {
  const isErased = (passageId: number) => passageId >= firstId && passageId < firstId + count;
  for (const modelKey of new Set(places.map((place) => place.modelKey))) {
    const index = await readIndex(transaction, modelKey);
    if (!index) continue;
    const numbers = places.filter((place) => place.modelKey === modelKey).map((place) => place.block);
    for (const slabNumber of new Set(numbers.map(slabOfBlock))) {
      let erased = 0;
      for (const number of numbers.filter((block) => slabOfBlock(block) === slabNumber)) {
        erased += await eraseFromBlock(transaction, modelKey, number, isErased);
      }
      const slab = index.slabs.find(({ number }) => number === slabNumber);
      // Of one that an incomplete index does not name yet, the signs are taken anew.
      if (!slab) continue;
      slab.alive -= erased;
      slab.revision = ++index.revision;
      // Its number may be given again: not while pages may refer to blocks of it that are lost.
      if (slab.alive <= 0 && !index.isIncomplete && !index.losses) removeSlab(transaction, modelKey, index, slab);
      else if (slab.isSealed) await eraseFromSigns(transaction, modelKey, slabNumber, isErased);
    }
    await putIndex(transaction, modelKey, index);
  }
}

/** @returns how many vectors went */
async function eraseFromBlock(
  transaction: WriteTransaction,
  modelKey: string,
  number: number,
  isErased: (passageId: number) => boolean,
): Promise<number> {
  const store = transaction.objectStore('vectorBlocks');
  const block = openBlock(await store.get([modelKey, number]));
  if (!block) return 0;
  let erased = 0;
  block.passageIds.forEach((passageId, place) => {
    if (!isErased(passageId)) return;
    block.passageIds[place] = 0;
    block.factors[place] = 0;
    block.codes.fill(0, place * block.dimensions, (place + 1) * block.dimensions);
    erased += 1;
  });
  if (block.passageIds.some((passageId) => passageId !== 0)) await store.put(packBlock(block), [modelKey, number]);
  else await store.delete([modelKey, number]);
  return erased;
}

async function eraseFromSigns(
  transaction: WriteTransaction,
  modelKey: string,
  slab: number,
  isErased: (passageId: number) => boolean,
): Promise<void> {
  const store = transaction.objectStore('vectorSigns');
  const signs = openSigns(await store.get([modelKey, slab]));
  if (!signs) return;
  signs.passageIds.forEach((passageId, place) => {
    if (!isErased(passageId)) return;
    signs.passageIds[place] = 0;
    signs.bits.fill(0, place * signs.words, (place + 1) * signs.words);
  });
  await store.put(packSigns(signs), [modelKey, slab]);
}

/** Deletes a slab with all that is stored of it, within a transaction. */
export function removeSlab(transaction: WriteTransaction, modelKey: string, index: VectorIndex, slab: VectorSlab): void {
  index.slabs.splice(index.slabs.indexOf(slab), 1);
  void transaction.objectStore('vectorBlocks').delete(blocksOf(modelKey, slab.number));
  void transaction.objectStore('vectorSigns').delete([modelKey, slab.number]);
}

/** Stores what is known of a model's index, within a transaction; an index with nothing in it goes, unless it is incomplete. */
export async function putIndex(transaction: WriteTransaction, modelKey: string, index: VectorIndex): Promise<void> {
  if (index.slabs.length > 0 || index.isIncomplete) await transaction.objectStore('vectorIndexes').put(packIndex(index), modelKey);
  else await transaction.objectStore('vectorIndexes').delete(modelKey);
}

/** Deletes all vectors of a model, a piece at a time, so that others get their turn. One that was cut off can be called again. */
export async function dropModel(library: Library, modelKey: string): Promise<void> {
  for (let isDone = false; !isDone; ) {
    const transaction = library.transaction(vectorStores, 'readwrite');
    await writeWhole(transaction, async () => {
      const index = await readIndex(transaction, modelKey);
      for (const slab of index?.slabs.slice(-slabsDroppedAtOnce) ?? []) if (index) removeSlab(transaction, modelKey, index, slab);
      isDone = !index || index.slabs.length === 0;
      if (index && !isDone) await putIndex(transaction, modelKey, index);
      if (!isDone) return;
      void transaction.objectStore('vectorIndexes').delete(modelKey);
      void transaction.objectStore('vectorBlocks').delete(recordsOf(modelKey));
      void transaction.objectStore('vectorSigns').delete(recordsOf(modelKey));
    });
  }
}
