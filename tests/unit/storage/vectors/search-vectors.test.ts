import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PassageId } from '../../../../src/core/pages/page';
import { normalizeVector, quantizeVector } from '../../../../src/core/vectors/quantize-vector';
import { wordsKept } from '../../../../src/core/vectors/vector-signs';
import { type Library, type PackedVectors, vectorStores, type WriteTransaction } from '../../../../src/storage/schema';
import { searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { readIndex } from '../../../../src/storage/vectors/stored-index';
import { VectorCache } from '../../../../src/storage/vectors/vector-cache';
import { blockSize, newBlock, packBlock, slabSize } from '../../../../src/storage/vectors/vector-records';
import { appendVectors, dropModel, eraseVectors } from '../../../../src/storage/vectors/vector-slabs';
import { countVectors, scanVectors } from '../../../support/stored-vectors';
import { temporaryLibrary } from '../../../support/temporary-library';
import { cosine, gaussians } from '../../../support/vectors';

type Places = { modelKey: string; block: number }[];

async function append(library: Library, modelKey: string, firstId: number, vectors: Float32Array[]): Promise<Places> {
  const transaction = library.transaction(vectorStores, 'readwrite');
  const blocks = await appendVectors(transaction as unknown as WriteTransaction, modelKey, firstId as PassageId, vectors);
  await transaction.done;
  return blocks.map((block) => ({ modelKey, block }));
}

async function erase(library: Library, places: Places, firstId: number, count: number): Promise<void> {
  const transaction = library.transaction(vectorStores, 'readwrite');
  await eraseVectors(transaction as unknown as WriteTransaction, places, firstId, count);
  await transaction.done;
}

/** Changes one byte of a record, as a failing disk might. */
async function damage(library: Library, store: 'vectorBlocks' | 'vectorSigns', which: number): Promise<void> {
  const keys = await library.getAllKeys(store);
  const key = keys[which % Math.max(1, keys.length)];
  if (!key) return;
  const record = (await library.get(store, key)) as PackedVectors;
  record.bytes[which % record.bytes.length] = (record.bytes[which % record.bytes.length] as number) ^ 4;
  await library.put(store, record, key);
}

const model = fc.constantFrom('one model', 'one model, larger', 'another');
const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('append' as const),
      model,
      count: fc.integer({ min: 1, max: 700 }),
      dimensions: fc.constantFrom(5, 5, 5, 33),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('erase' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('damage' as const),
      store: fc.constantFrom('vectorBlocks' as const, 'vectorSigns' as const),
      which: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('drop' as const), model }) },
);

interface Kept {
  readonly modelKey: string;
  readonly firstId: number;
  readonly vectors: Float32Array[];
  readonly places: Places;
}

describe('searching vectors', () => {
  it('finds what comparing all of them finds, whatever was added, erased, dropped or damaged before', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 14 }),
        fc.constantFrom(5, 33),
        fc.boolean(),
        async (changes, width, isCacheSmall) => {
          const library = await temporaryLibrary();
          let cache = new VectorCache(isCacheSmall ? 20_000 : undefined);
          const random = gaussians(changes.length);
          let nextId = 1;
          let isDamaged = false;
          let kept: Kept[] = [];
          for (const step of changes) {
            if (step.type === 'append') {
              const vectors = Array.from({ length: step.count }, () => random(step.dimensions));
              kept.push({ modelKey: step.model, firstId: nextId, vectors, places: await append(library, step.model, nextId, vectors) });
              nextId += step.count;
            } else if (step.type === 'erase') {
              const [gone] = kept.splice(step.which % Math.max(1, kept.length), 1);
              if (gone) await erase(library, gone.places, gone.firstId, gone.vectors.length);
            } else if (step.type === 'drop') {
              await dropModel(library, step.model);
              kept = kept.filter(({ modelKey }) => modelKey !== step.model);
            } else {
              await damage(library, step.store, step.which);
              isDamaged = true;
              // What is in memory is sound still: only the next worker comes upon the damage.
              cache = new VectorCache(cache.budgetBytes);
            }
            const query = normalizeVector(random(width));
            for (const modelKey of ['one model', 'another']) {
              const found = await searchVectors(library, modelKey, query, { limit: nextId, cache });
              const scanned = (await scanVectors(library, modelKey, query)).sort((a, b) => b.score - a.score || a.id - b.id);
              expect(found).toEqual(scanned);
              const stored = new Map(
                kept
                  .filter((page) => page.modelKey === modelKey)
                  .flatMap(({ firstId, vectors }) => vectors.map((vector, offset) => [firstId + offset, vector] as const))
                  .filter(([, vector]) => vector.length === width),
              );
              for (const { id, score } of found) expect(score).toBeCloseTo(cosine(query, stored.get(id) ?? new Float32Array(width)), 1);
              expect(found.every(({ id }) => stored.has(id))).toBe(true);
              if (!isDamaged) expect(found.length).toBe(stored.size);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([100, 200])('finds 97 of 100 of the ten nearest among clusters, reading few of them, at %i dimensions', async (dimensions) => {
    const library = await temporaryLibrary();
    const random = gaussians(dimensions);
    const near = (middle: Float32Array, spread: number) => {
      const noise = random(dimensions);
      return normalizeVector(middle.map((component, place) => component + spread * (noise[place] as number)));
    };
    const middles = Array.from({ length: 30 }, () => random(dimensions));
    const vectors = Array.from({ length: 2_200 }, (_, index) => near(middles[index % 30] as Float32Array, 0.6));
    await append(library, 'clusters', 1, vectors);
    expect(await library.count('vectorSigns')).toBe(2);
    let found = 0;
    for (let asked = 0; asked < 20; asked++) {
      const query = near(middles[asked] as Float32Array, 0.6);
      const exact = vectors.map((vector, index) => ({ id: index + 1, score: cosine(query, vector) })).sort((a, b) => b.score - a.score);
      const nearest = new Set(exact.slice(0, 10).map(({ id }) => id));
      const searched = await searchVectors(library, 'clusters', query, { limit: 10 });
      expect(searched.length).toBe(10);
      found += searched.filter(({ id }) => nearest.has(id)).length;
    }
    expect(found / 200).toBeGreaterThanOrEqual(0.97);
  });

  it('estimates by signs that were laid down before, while slabs are sealed and changed, as by those laid down just now', {
    timeout: 30_000,
  }, async () => {
    const library = await temporaryLibrary();
    const dimensions = 100;
    const random = gaussians(11);
    const near = (middle: Float32Array, spread: number) => {
      const noise = random(dimensions);
      return normalizeVector(middle.map((component, place) => component + spread * (noise[place] as number)));
    };
    const middles = Array.from({ length: 30 }, () => random(dimensions));
    const cache = new VectorCache();
    const pages: { firstId: number; places: Places }[] = [];
    const ask = async (query: Float32Array, by: VectorCache) =>
      (await searchVectors(library, 'model', query, { limit: 10, expectedTo: 600, cache: by })).map(({ id, score }) => ({ id, score }));
    for (let step = 0; step < 16; step++) {
      const firstId = 1 + step * 500;
      const vectors = Array.from({ length: 500 }, (_, index) => near(middles[index % 30] as Float32Array, 0.6));
      pages.push({ firstId, places: await append(library, 'model', firstId, vectors) });
      if (step % 3 === 2) {
        const { firstId, places } = pages[step >> 1] as (typeof pages)[number];
        await erase(library, places, firstId, 500);
      }
      for (let asked = 0; asked < 3; asked++) {
        const query = near(middles[step] as Float32Array, 0.6);
        // What a slab that is not full yet holds is scored by its codes when it is read, and by signs from then on.
        if (asked === 0) await ask(query, cache);
        const fresh = new VectorCache();
        await ask(query, fresh);
        expect(await ask(query, cache)).toEqual(await ask(query, fresh));
      }
    }
    const laid = (
      await searchVectors(library, 'model', near(middles[0] as Float32Array, 0.6), { limit: 10, expectedTo: 600, cache })
    ).flatMap(({ unread }) => unread?.slab.signs.place?.scans ?? []);
    expect(laid.length).toBeGreaterThan(0);
    expect(new Set(laid).size).toBeLessThanOrEqual(2);
  });

  it('keeps to what is wanted, though all that is like the query is not', async () => {
    const library = await temporaryLibrary();
    const random = gaussians(1);
    const query = normalizeVector(random(24));
    const alike = Array.from({ length: 6_000 }, (_, index) => query.map((component, place) => component + Math.sin(index * place) / 400));
    const others = Array.from({ length: 300 }, () => random(24));
    await append(library, 'model', 1, alike);
    await append(library, 'model', 10_001, others);
    const found = await searchVectors(library, 'model', query, { limit: 20, isWanted: (id) => id > 10_000 && id % 2 === 0 });
    expect(found.length).toBe(20);
    expect(found.every(({ id }) => id > 10_000 && id % 2 === 0)).toBe(true);
  });

  it('counts what a model has, and has nothing once it is dropped', async () => {
    const library = await temporaryLibrary();
    const random = gaussians(4);
    const places = await append(
      library,
      'model',
      1,
      Array.from({ length: 9_500 }, () => random(3)),
    );
    await append(library, 'other', 1, [random(3)]);
    expect(await countVectors(library, 'model')).toBe(9_500);
    await erase(library, places.slice(0, 2), 1, 10);
    expect(await countVectors(library, 'model')).toBe(9_490);
    await dropModel(library, 'model');
    expect(await countVectors(library, 'model')).toBe(0);
    expect(await countVectors(library, 'other')).toBeGreaterThan(0);
    expect(await library.count('vectorSigns')).toBe(0);
    expect(await library.count('vectorBlocks')).toBe(1);
    await erase(library, places, 1, 9_500);
    expect(await library.count('vectorBlocks')).toBe(1);
  });

  it('forgets what is erased to the last byte, and keeps what lies beside it', async () => {
    const library = await temporaryLibrary();
    const first = await append(library, 'model', 1, [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)]);
    await append(library, 'model', 3, [Float32Array.of(0, 0, 1)]);
    await erase(library, first, 1, 2);
    const [block] = await library.getAll('vectorBlocks');
    expect([...(block?.bytes.subarray(24, 30) ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await searchVectors(library, 'model', Float32Array.of(1, 0, 0), { limit: 5 })).map(({ id }) => id)).toEqual([3]);
  });

  it('has a slab that is held read again when its signs go, because those of another length take their place', async () => {
    const library = await temporaryLibrary();
    const vectors = (count: number, dimensions: number) =>
      Array.from({ length: count }, (_, at) =>
        normalizeVector(Float32Array.from({ length: dimensions }, (_, place) => 1 + ((at + place) % 7))),
      );
    const first = async () => (await readIndex(library.transaction(vectorStores), 'one model'))?.slabs[0];
    await append(library, 'one model', 1, vectors(slabSize(5), 5));
    const sealed = await first();
    await append(library, 'one model', slabSize(5) + 1, vectors(slabSize(9), 9));
    const unsealed = await first();
    expect([sealed?.isSealed, unsealed?.isSealed]).toEqual([true, false]);
    expect(unsealed?.revision).toBeGreaterThan(sealed?.revision ?? Number.POSITIVE_INFINITY);
  });

  it.each([5, 384, 1_536, 3_072, 12_288, 300_000])(
    'keeps the signs of a slab in a record that the database does not put into a file, at %i dimensions',
    (dimensions) => {
      const bytes = slabSize(dimensions) * 4 * (3 + wordsKept(dimensions));
      expect(slabSize(dimensions) % blockSize).toBe(0);
      if (slabSize(dimensions) > blockSize) expect(bytes).toBeLessThan(65_000);
    },
  );

  it('seals a slab that an earlier version left fuller than slabs are now', async () => {
    const library = await temporaryLibrary();
    const random = gaussians(6);
    const dimensions = 1_536;
    const earlier = slabSize(dimensions) + 3 * blockSize;
    const vectors = Array.from({ length: earlier + blockSize }, () => random(dimensions));
    await append(library, 'model', 1, vectors.slice(0, blockSize));
    const index = await readIndex(library.transaction(vectorStores), 'model');
    const slab = index?.slabs[0];
    if (!index || !slab) throw new Error('Nothing was appended.');
    for (let from = blockSize; from < earlier; from += blockSize) {
      const block = newBlock(dimensions, blockSize);
      for (let place = 0; place < blockSize; place++) {
        block.passageIds[place] = from + place + 1;
        block.factors[place] = quantizeVector(vectors[from + place] as Float32Array, block.codes, place * dimensions);
      }
      await library.put('vectorBlocks', packBlock(block), ['model', from / blockSize]);
    }
    await library.put('vectorIndexes', { ...index, slabs: [{ ...slab, count: earlier, alive: earlier }] }, 'model');

    await append(library, 'model', earlier + 1, vectors.slice(earlier));
    const slabs = (await readIndex(library.transaction(vectorStores), 'model'))?.slabs ?? [];
    expect(slabs.map(({ count, isSealed }) => ({ count, isSealed }))).toEqual([
      { count: earlier, isSealed: true },
      { count: blockSize, isSealed: false },
    ]);
    for (const place of [0, earlier - 1, earlier]) {
      const query = normalizeVector(vectors[place] as Float32Array);
      expect((await searchVectors(library, 'model', query, { limit: 1 }))[0]?.id).toBe(place + 1);
    }
  });

  it('finds nothing, without complaint, for a model that has no vectors', async () => {
    const library = await temporaryLibrary();
    expect(await searchVectors(library, 'none', Float32Array.of(1), { limit: 5 })).toEqual([]);
  });

  it('serves two searches and a deletion at once', async () => {
    const library = await temporaryLibrary();
    const random = gaussians(8);
    const vectors = Array.from({ length: 2_100 }, () => random(20));
    const places = await append(library, 'model', 1, vectors);
    const query = normalizeVector(vectors[3] as Float32Array);
    const before = searchVectors(library, 'model', query, { limit: 1 });
    const erasing = erase(library, places.slice(0, 1), 1, 8);
    const after = searchVectors(library, 'model', query, { limit: 1 });
    await erasing;
    expect((await before)[0]?.id).toBe(4);
    expect((await after)[0]?.id).not.toBe(4);
  });
});
