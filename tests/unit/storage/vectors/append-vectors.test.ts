import { expect, it } from 'vitest';
import type { PassageId } from '../../../../src/core/pages/page';
import { type Library, vectorStores, type WriteTransaction } from '../../../../src/storage/schema';
import { mendVectors } from '../../../../src/storage/vectors/mend-vectors';
import { readIndex } from '../../../../src/storage/vectors/stored-index';
import { slabSize } from '../../../../src/storage/vectors/vector-records';
import { appendVectors, eraseVectors } from '../../../../src/storage/vectors/vector-slabs';
import { writeWhole } from '../../../../src/storage/write-whole';
import { scanVectors } from '../../../support/stored-vectors';
import { temporaryLibrary } from '../../../support/temporary-library';
import { gaussians } from '../../../support/vectors';

const modelKey = 'model';
const dimensions = 40;
const random = gaussians(11);
const vectorsOf = (count: number) => Array.from({ length: count }, () => random(dimensions));

interface Appending {
  readonly firstId: number;
  readonly vectors: readonly Float32Array[];
}

/** @returns the blocks that they went into, and how many were read */
async function append(
  library: Library,
  { firstId, vectors }: Appending,
  isTakenBack = false,
): Promise<{ blocks: number[]; reads: number }> {
  const transaction = library.transaction(vectorStores, 'readwrite');
  let reads = 0;
  const countReads = (store: object) =>
    new Proxy(store, {
      get(target, name) {
        if (name === 'get' || name === 'getAll') reads += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const counting = new Proxy(transaction, {
    get(target, name) {
      if (name === 'objectStore') {
        return (store: (typeof vectorStores)[number]) =>
          store === 'vectorBlocks' ? countReads(target.objectStore(store)) : target.objectStore(store);
      }
      return Reflect.get(target, name) as unknown;
    },
  });
  const blocks = await appendVectors(counting as unknown as WriteTransaction, modelKey, firstId as PassageId, vectors);
  if (isTakenBack) {
    // What was put is answered before this.
    await transaction.objectStore('vectorBlocks').count();
    transaction.abort();
  }
  await transaction.done.catch(() => {});
  return { blocks, reads };
}

async function erase(library: Library, blocks: readonly number[], firstId: number, count: number): Promise<void> {
  const transaction = library.transaction(vectorStores, 'readwrite');
  const places = blocks.map((block) => ({ modelKey, block }));
  await eraseVectors(transaction as unknown as WriteTransaction, places, firstId, count);
  await transaction.done;
}

async function storedIds(library: Library): Promise<number[]> {
  return (await scanVectors(library, modelKey, random(dimensions))).map(({ id }) => id).sort((a, b) => a - b);
}

/** All signs as they are stored, and as they are when they are taken from the blocks. */
async function signsAndSignsOfBlocks(library: Library) {
  const stored = await library.getAll('vectorSigns');
  const { slabs = [] } = (await readIndex(library.transaction(vectorStores), modelKey)) ?? {};
  await mendVectors(library, modelKey, new Set(slabs.map(({ number }) => number)));
  return { stored, ofBlocks: await library.getAll('vectorSigns') };
}

it('reads nothing back of what was just written, but for the first slab, which sets the centre', async () => {
  const library = await temporaryLibrary();
  let firstId = 1;
  const readsOf = async (count: number) => {
    let reads = 0;
    for (const last = firstId + count; firstId < last; firstId += 21)
      reads += (await append(library, { firstId, vectors: vectorsOf(21) })).reads;
    return reads;
  };
  expect(await readsOf(slabSize(dimensions) + 21)).toBe(1);
  expect(await readsOf(2 * slabSize(dimensions))).toBe(0);
  const { stored, ofBlocks } = await signsAndSignsOfBlocks(library);
  expect(stored).toHaveLength(3);
  expect(stored).toEqual(ofBlocks);
});

it('goes on from what is stored when an append was taken back, or something was deleted', async () => {
  const library = await temporaryLibrary();
  const expected: number[] = [];
  let firstId = 1;
  for (let turn = 0; turn < 160; turn++) {
    const appending = { firstId, vectors: vectorsOf(1 + ((turn * 7) % 29)) };
    if (turn % 5 === 3) await append(library, { firstId, vectors: vectorsOf(9) }, true);
    const { blocks } = await append(library, appending);
    expected.push(...appending.vectors.map((_, place) => firstId + place));
    if (turn % 11 === 6) {
      await erase(library, blocks, firstId, 2);
      for (const id of [firstId, firstId + 1]) if (expected.includes(id)) expected.splice(expected.indexOf(id), 1);
    }
    firstId += appending.vectors.length;
  }
  expect(await storedIds(library)).toEqual(expected);
  const { stored, ofBlocks } = await signsAndSignsOfBlocks(library);
  expect(stored.length).toBeGreaterThan(1);
  expect(stored).toEqual(ofBlocks);
});

it('fails by itself where vectors are not of one length, and leaves nothing behind that fails unheard', async () => {
  const library = await temporaryLibrary();
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  const transaction = library.transaction(vectorStores, 'readwrite');
  const vectors = [...vectorsOf(1), random(dimensions + 1)];
  const appending = () => appendVectors(transaction as unknown as WriteTransaction, modelKey, 1 as PassageId, vectors);
  await expect(writeWhole(transaction, appending)).rejects.toThrow(RangeError);
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
  expect(await storedIds(library)).toEqual([]);
});
