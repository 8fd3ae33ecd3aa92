import { expect, it } from 'vitest';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';
import { openLibrary } from '../../../../src/storage/open-library';
import { deletePage } from '../../../../src/storage/pages/index-page';
import { searchVectors } from '../../../../src/storage/vectors/search-vectors';
import { firstLibrary } from '../../../support/first-library';
import { countVectors } from '../../../support/stored-vectors';
import { cosine, gaussians } from '../../../support/vectors';

const dimensions = 30;
const slabSize = 256;

/** Slabs as version 1 wrote them: even steps of a 127th of the largest component. */
function firstSlabs(passages: readonly { id: number; vector: Float32Array }[]) {
  const slabs = [];
  for (let from = 0; from < passages.length; from += slabSize) {
    const taken = passages.slice(from, from + slabSize);
    const steps = taken.map(({ vector }) => Math.max(...vector.map(Math.abs)) / 127);
    slabs.push({
      dimensions,
      count: taken.length,
      passageIds: Uint32Array.from(taken, ({ id }) => id),
      scales: Float32Array.from(steps),
      codes: Int8Array.from(
        taken.flatMap(({ vector }, index) => [...vector].map((component) => Math.round(component / (steps[index] as number)))),
      ),
    });
  }
  return slabs;
}

it('a library of the first version keeps all its vectors through the upgrade, and can still delete a page of them', async () => {
  const random = gaussians(11);
  const stored = { one: 1_400, other: 40 };
  const vectors = new Map<string, Float32Array[]>();
  let nextId = 1;
  await firstLibrary(async (first) => {
    for (const [modelKey, count] of Object.entries(stored)) {
      const passages = Array.from({ length: count }, () => ({ id: nextId++, vector: normalizeVector(random(dimensions)) }));
      vectors.set(
        modelKey,
        passages.map(({ vector }) => vector),
      );
      const firstId = passages[0]?.id ?? 0;
      const slabs = firstSlabs(passages.map((passage) => (passage.id === firstId + 9 ? { ...passage, id: 0 } : passage)));
      for (const [number, slab] of slabs.entries()) await first.put('vectors', slab, [modelKey, number]);
      for (let from = 0; from < count; from += 20) {
        const pageId = `${modelKey} ${from / 20}`;
        const page = {
          id: pageId,
          canonicalUrl: `https://a.example/${pageId}`,
          url: 'https://a.example/',
          addresses: [],
          savedAt: 1,
          capturedAt: 1,
          embeddedWith: modelKey,
        };
        await first.put('pages', page);
        await first.put('indexedPages', {
          pageId,
          firstPassageId: firstId + from,
          passageCount: 20,
          totalLength: 0,
          vectorSlabs: [{ modelKey, slab: 0 }],
        });
      }
    }
  });

  const library = await openLibrary();
  expect([...library.objectStoreNames]).not.toContain('vectors');
  for (const [modelKey, firstId] of [
    ['one', 1],
    ['other', 1_401],
  ] as const) {
    const given = vectors.get(modelKey) as Float32Array[];
    const query = normalizeVector(random(dimensions));
    const found = await searchVectors(library, modelKey, query, { limit: 2_000 });
    expect(found.length).toBe(given.length - 1);
    for (const { id, score } of found) expect(score).toBeCloseTo(cosine(query, given[id - firstId] as Float32Array), 1);
  }
  await deletePage(library, 'one 3' as never);
  expect(await countVectors(library, 'one')).toBe(1_399 - 20);
  const left = await searchVectors(library, 'one', normalizeVector(random(dimensions)), { limit: 2_000 });
  expect(left.some(({ id }) => id > 60 && id <= 80)).toBe(false);
});
