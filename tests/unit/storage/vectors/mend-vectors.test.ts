import { beforeEach, describe, expect, it } from 'vitest';
import type { PageId, PassageId } from '../../../../src/core/pages/page';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import { type Library, type PackedVectors, vectorStores, type WriteTransaction } from '../../../../src/storage/schema';
import { searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { VectorCache } from '../../../../src/storage/vectors/vector-cache';
import { appendVectors } from '../../../../src/storage/vectors/vector-slabs';
import { countVectors, scanVectors } from '../../../support/stored-vectors';
import { temporaryLibrary } from '../../../support/temporary-library';
import { gaussians } from '../../../support/vectors';

const modelKey = 'model';
const perPage = 20;
const pages = 60;
const random = gaussians(6);
const vectors = Array.from({ length: pages * perPage }, () => random(40));
const query = normalizeVector(vectors[100] as Float32Array);
let library: Library;

beforeEach(async () => {
  library = await temporaryLibrary();
  const transaction = library.transaction([...vectorStores, 'pages', 'indexedPages'] as const, 'readwrite');
  for (let page = 0; page < pages; page++) {
    const pageId = `page ${page}` as PageId;
    const firstPassageId = (page * perPage + 1) as PassageId;
    const taken = vectors.slice(page * perPage, (page + 1) * perPage);
    const blocks = await appendVectors(transaction as unknown as WriteTransaction, modelKey, firstPassageId, taken);
    const described = {
      canonicalUrl: pageId,
      url: pageId,
      addresses: [],
      title: '',
      site: '',
      savedAt: 0,
      capturedAt: 0,
      version: 1,
      shareRead: 1,
    };
    void transaction.objectStore('pages').put({ id: pageId, ...described, passageCount: perPage, embeddedWith: ['older model', modelKey] });
    void transaction.objectStore('indexedPages').put({
      pageId,
      firstPassageId,
      passageCount: perPage,
      totalLength: 0,
      vectorBlocks: blocks.map((block) => ({ modelKey, block })),
    });
  }
  await transaction.done;
});

async function spoil(store: 'vectorBlocks' | 'vectorSigns', number: number): Promise<PackedVectors> {
  const record = (await library.get(store, [modelKey, number])) as PackedVectors;
  const bytes = record.bytes.slice();
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 64;
  await library.put(store, { ...record, bytes }, [modelKey, number]);
  return record;
}

async function search(): Promise<{ ids: number[]; notCompared: number }> {
  let notCompared = 0;
  const found = await searchVectors(library, modelKey, query, {
    limit: 2_000,
    cache: new VectorCache(),
    notCompared: (passages) => {
      notCompared += passages;
    },
  });
  return { ids: found.map(({ id }) => id), notCompared };
}

async function unembedded(): Promise<string[]> {
  return (await library.getAll('pages')).filter((page) => !page.embeddedWith?.includes(modelKey)).map(({ id }) => id);
}

describe('damage to stored vectors', () => {
  it('costs nothing when it is in the signs: they are taken anew', async () => {
    const before = await search();
    const signs = await spoil('vectorSigns', 0);
    expect(await search()).toEqual(before);
    expect(await library.get('vectorSigns', [modelKey, 0])).toEqual(signs);
    expect(await unembedded()).toEqual([]);
  });

  it('costs nothing when the signs are gone altogether', async () => {
    const before = await search();
    await library.delete('vectorSigns', [modelKey, 0]);
    expect(await search()).toEqual(before);
    expect(await library.count('vectorSigns')).toBe(1);
  });

  // Block 12 holds passages 97 to 104, of pages 4 and 5; block 140 lies in the slab that is not full, and holds 1121 to 1128, of page 56.
  it.each([
    { block: 12, lost: [97, 98, 99, 100, 101, 102, 103, 104], ofPages: ['page 4', 'page 5'] },
    { block: 140, lost: [1121, 1122, 1123, 1124, 1125, 1126, 1127, 1128], ofPages: ['page 56'] },
  ])('in block $block costs its passages, and says so once; their pages come up to be embedded again', async ({ block, lost, ofPages }) => {
    const before = await search();
    await spoil('vectorBlocks', block);
    const first = await search();
    expect(first.notCompared).toBe(8);
    expect(first.ids).toEqual(before.ids.filter((id) => !lost.includes(id)));
    expect(await unembedded()).toEqual(ofPages);
    expect((await library.get('pages', ofPages[0] as PageId))?.embeddedWith).toEqual(['older model']);
    expect(await search()).toEqual({ ids: first.ids, notCompared: 0 });
    expect(await countVectors(library, modelKey)).toBe(vectors.length - 8);
    expect(await library.get('vectorBlocks', [modelKey, block])).toBeUndefined();
  });

  it('is noticed when a block is gone altogether', async () => {
    await library.delete('vectorBlocks', [modelKey, 12]);
    expect((await search()).notCompared).toBe(8);
    expect(await unembedded()).toEqual(['page 4', 'page 5']);
  });

  it('of signs and blocks together loses no more than the blocks', async () => {
    await spoil('vectorSigns', 0);
    await spoil('vectorBlocks', 12);
    const { ids, notCompared } = await search();
    expect(notCompared).toBe(8);
    expect(ids.length).toBe(vectors.length - 8);
    expect(await library.count('vectorSigns')).toBe(1);
    expect((await scanVectors(library, modelKey, query)).length).toBe(vectors.length - 8);
  });

  it('is not mixed with what is added later', async () => {
    await spoil('vectorBlocks', 149);
    const transaction = library.transaction(vectorStores, 'readwrite');
    const added = await appendVectors(transaction as unknown as WriteTransaction, modelKey, 5_000 as PassageId, [random(40), random(40)]);
    await transaction.done;
    expect(added).toEqual([150]);
    const { ids, notCompared } = await search();
    expect(notCompared).toBe(8);
    expect(ids).toContain(5_000);
  });

  it('never makes a search fail, whatever a record holds instead', async () => {
    for (const record of [
      {},
      { dimensions: 40, count: 8, bytes: new Uint8Array(3), checksum: 0 },
      { dimensions: 3, count: 1, bytes: new Uint8Array(11), checksum: 1 },
    ]) {
      await library.put('vectorBlocks', record as PackedVectors, [modelKey, 3]);
      await library.put('vectorSigns', record as PackedVectors, [modelKey, 0]);
      expect((await search()).ids.length).toBeGreaterThanOrEqual(vectors.length - 8);
    }
  });
});
