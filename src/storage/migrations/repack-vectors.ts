import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { PassageId } from '../../core/pages/page';
import type { IndexedPage, LibrarySchema, WriteTransaction } from '../schema';
import { appendVectors } from '../vectors/vector-slabs';

/** As version 1 kept them: component j of vector i is `scales[i] * codes[i * dimensions + j]`; the passage id is 0 where one was deleted. */
interface FirstVectorSlab {
  readonly dimensions: number;
  readonly passageIds: Uint32Array;
  readonly scales: Float32Array;
  readonly codes: Int8Array;
}

/** A step of `migrations.ts`: moves the vectors of version 1 into blocks and signs, slab by slab, so that a large library needs little memory. */
export async function repackVectors(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  for (const store of ['vectorIndexes', 'vectorBlocks', 'vectorSigns'] as const) database.createObjectStore(store);
  const before = (transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>).objectStore('vectors');
  const writing = transaction as unknown as WriteTransaction;

  const pages = await transaction.objectStore('indexedPages').getAll();
  const starts = pages.map((page) => page.firstPassageId).sort((a, b) => a - b);
  const blocksByStart = new Map<number, { modelKey: string; block: number }[]>(starts.map((start) => [start, []]));
  for (const key of (await before.getAllKeys()) as [string, number][]) {
    const [modelKey] = key;
    for (const run of runsOf((await before.get(key)) as FirstVectorSlab, new Set(starts))) {
      const blocks = await appendVectors(writing, modelKey, run.firstId as PassageId, run.vectors);
      const start = starts.findLast((first) => first <= run.firstId);
      blocksByStart.get(start ?? 0)?.push(...blocks.map((block) => ({ modelKey, block })));
    }
  }
  for (const { vectorSlabs: _, ...page } of pages as (IndexedPage & { vectorSlabs?: unknown })[]) {
    await transaction.objectStore('indexedPages').put({ ...page, vectorBlocks: blocksByStart.get(page.firstPassageId) ?? [] });
  }
  (database as unknown as IDBPDatabase).deleteObjectStore('vectors');
}

/** Vectors of passages that follow one another within a page. */
function runsOf(slab: FirstVectorSlab, starts: ReadonlySet<number>): { firstId: number; vectors: Float32Array[] }[] {
  const runs: { firstId: number; vectors: Float32Array[] }[] = [];
  slab.passageIds.forEach((passageId, index) => {
    if (passageId === 0) return;
    const scale = slab.scales[index] as number;
    const vector = Float32Array.from(slab.codes.subarray(index * slab.dimensions, (index + 1) * slab.dimensions), (code) => code * scale);
    const run = runs.at(-1);
    if (run && run.firstId + run.vectors.length === passageId && !starts.has(passageId)) run.vectors.push(vector);
    else runs.push({ firstId: passageId, vectors: [vector] });
  });
  return runs;
}
