import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PassageId } from '../../../../src/core/pages/page';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import type { VectorIndex } from '../../../../src/storage/schema';
import { vectorStores, type WriteTransaction } from '../../../../src/storage/schema';
import { searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { packIndex, readIndex } from '../../../../src/storage/vectors/stored-index';
import { appendVectors } from '../../../../src/storage/vectors/vector-slabs';
import { temporaryLibrary } from '../../../support/temporary-library';

const slab = fc.record({
  number: fc.nat(2 ** 31),
  dimensions: fc.nat(65_535),
  count: fc.nat(1_024),
  alive: fc.nat(1_024),
  isSealed: fc.boolean(),
  revision: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
});

it('reads what is known of a model’s vectors as it was put', async () => {
  const library = await temporaryLibrary();
  const write = async (index: VectorIndex) => {
    await library.put('vectorIndexes', packIndex(index), 'model');
    return readIndex(library.transaction(vectorStores), 'model');
  };
  await fc.assert(
    fc.asyncProperty(fc.array(slab), fc.nat(), async (slabs, revision) => {
      const index: VectorIndex = { generation: 'first', revision, slabs };
      expect(await write(index)).toEqual(index);
    }),
    { numRuns: 50 },
  );
  const centred: VectorIndex = { generation: 'first', revision: 1, slabs: [], centre: Float32Array.of(0.25, -1) };
  expect(await write(centred)).toEqual(centred);
});

it('knows nothing of a model without vectors', async () => {
  const library = await temporaryLibrary();
  expect(await readIndex(library.transaction(vectorStores), 'model')).toBeUndefined();
});

it('goes on with an index whose slabs an earlier version wrote as objects', async () => {
  const library = await temporaryLibrary();
  const append = async (id: number, ...components: number[]) => {
    const transaction = library.transaction(vectorStores, 'readwrite');
    const vector = normalizeVector(Float32Array.from(components));
    await appendVectors(transaction as unknown as WriteTransaction, 'model', id as PassageId, [vector]);
    await transaction.done;
  };
  await append(1, 1, 0);
  const index = await readIndex(library.transaction(vectorStores), 'model');
  if (!index) throw new Error('Nothing was appended.');
  await library.put('vectorIndexes', index, 'model');
  const found = async () => (await searchVectors(library, 'model', Float32Array.of(0, 1), { limit: 5 })).map(({ id }) => id);
  expect(await found()).toEqual([1]);
  await append(2, 0, 1);
  expect(await found()).toEqual([2, 1]);
});
