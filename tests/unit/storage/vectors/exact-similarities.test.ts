import { beforeEach, describe, expect, it } from 'vitest';
import type { PassageId } from '../../../../src/core/pages/page';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import { type Library, type PackedVectors, vectorStores, type WriteTransaction } from '../../../../src/storage/schema';
import { exactSimilarities } from '../../../../src/storage/vectors/exact-similarities';
import { type SimilarPassage, searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { blockSize, blocksPerSlab, slabSize } from '../../../../src/storage/vectors/vector-records';
import { appendVectors, eraseVectors } from '../../../../src/storage/vectors/vector-slabs';
import { scanVectors } from '../../../support/stored-vectors';
import { temporaryLibrary } from '../../../support/temporary-library';
import { gaussians } from '../../../support/vectors';

const modelKey = 'model';
const random = gaussians(6);
const query = normalizeVector(random(40));
/** Some that stand out, among many. */
const vectors = Array.from({ length: 1_200 }, (_, index) =>
  random(40).map((component, place) => component + (index % 80 === 0 ? 15 * (query[place] as number) : 0)),
);
let library: Library;
let blocks: readonly number[];

beforeEach(async () => {
  library = await temporaryLibrary();
  const transaction = library.transaction(vectorStores, 'readwrite');
  blocks = await appendVectors(transaction as unknown as WriteTransaction, modelKey, 1 as PassageId, vectors);
  await transaction.done;
});

const search = () => searchVectors(library, modelKey, query, { limit: 10, expectedTo: 200 });

async function exactOf(found: readonly SimilarPassage[]): Promise<{ similarities: Map<PassageId, number>; lost: number }> {
  let lost = 0;
  const similarities = await exactSimilarities(library, modelKey, query, found, (passages) => {
    lost += passages;
  });
  return { similarities, lost };
}

const unreadOf = (found: readonly SimilarPassage[]) => found.filter(({ unread }) => unread !== undefined);

describe('passages whose vectors a search has not read', () => {
  it('are found with about the similarity that they have, behind the best, which were read', async () => {
    const found = await search();
    const scanned = (await scanVectors(library, modelKey, query)).sort((a, b) => b.score - a.score || a.id - b.id);
    const exact = new Map(scanned.map(({ id, score }) => [id, score]));
    expect(found.length).toBe(200);
    expect(found.slice(0, 10)).toEqual(scanned.slice(0, 10));
    for (const { id, score, unread } of found) if (!unread) expect(score).toBe(exact.get(id));
    const unread = unreadOf(found);
    expect(unread.length).toBeGreaterThan(100);
    const errors = unread.map(({ id, score }) => score - (exact.get(id) ?? Number.NaN));
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.04);
    expect(errors.some((error) => error !== 0)).toBe(true);
  });

  it('are of a slab that is not full, too, once it has been searched before', async () => {
    const inLast = (found: readonly SimilarPassage[]) => unreadOf(found).filter(({ id }) => id > slabSize(40));
    expect(inLast(await search())).toEqual([]);
    const found = await search();
    expect(inLast(found).length).toBeGreaterThan(10);
    const exact = new Map((await scanVectors(library, modelKey, query)).map(({ id, score }) => [id, score]));
    for (const [id, similarity] of (await exactOf(found)).similarities) expect(similarity).toBe(exact.get(id));
  });

  it('are none where only exact ones are wanted', async () => {
    const found = await searchVectors(library, modelKey, query, { limit: 300 });
    expect(found.length).toBe(300);
    expect(unreadOf(found)).toEqual([]);
  });

  it('have the exact one when they are asked for', async () => {
    const found = await search();
    const { similarities, lost } = await exactOf(found);
    const exact = new Map((await scanVectors(library, modelKey, query)).map(({ id, score }) => [id, score]));
    expect(similarities.size).toBe(200);
    for (const [id, similarity] of similarities) expect(similarity).toBe(exact.get(id));
    expect(lost).toBe(0);
  });

  it('are lost when their block is damaged, which is said and mended', async () => {
    const found = await search();
    const place = unreadOf(found)[0]?.unread;
    const number = (place?.slab.number ?? 0) * blocksPerSlab + Math.floor((place?.place ?? 0) / blockSize);
    const record = (await library.get('vectorBlocks', [modelKey, number])) as PackedVectors;
    const bytes = record.bytes.slice();
    bytes[99] = (bytes[99] as number) ^ 4;
    await library.put('vectorBlocks', { ...record, bytes }, [modelKey, number]);

    const lostIds = Array.from({ length: blockSize }, (_, offset) => number * blockSize + offset + 1);
    const unread = unreadOf(found);
    const { similarities, lost } = await exactOf(unread);
    expect(lost).toBe(blockSize);
    expect([...similarities.keys()].toSorted()).toEqual(
      unread
        .map(({ id }) => id)
        .filter((id) => !lostIds.includes(id))
        .toSorted(),
    );
    expect(await library.get('vectorBlocks', [modelKey, number])).toBeUndefined();
    expect((await search()).some(({ id }) => lostIds.includes(id))).toBe(false);
    expect((await exactOf(await search())).lost).toBe(0);
  });

  it('have none when some beside them were deleted meanwhile, and nothing is taken for damaged', async () => {
    const found = unreadOf(await search()).filter(({ unread }) => unread?.slab.number === 0);
    expect(found.length).toBeGreaterThan(50);
    const transaction = library.transaction(vectorStores, 'readwrite');
    const places = blocks.map((block) => ({ modelKey, block }));
    await eraseVectors(transaction as unknown as WriteTransaction, places, 1, 8);
    await transaction.done;
    const index = await library.get('vectorIndexes', modelKey);
    const { similarities, lost } = await exactOf(found);
    expect(lost).toBe(0);
    expect(similarities.size).toBe(0);
    expect(await library.get('vectorIndexes', modelKey)).toEqual(index);
  });
});
