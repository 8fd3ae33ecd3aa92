import type { Library, LibraryStore } from './schema';

/** Which stores hold what a person would call one thing. */
const storesOf = {
  texts: ['pages', 'versions', 'captures', 'jobs'],
  index: ['passageRuns', 'segments', 'termDictionaries', 'postingBlocks', 'lengths', 'indexedPages', 'scopeSlabs', 'totals'],
  vectors: ['vectorIndexes', 'vectorBlocks', 'vectorSigns', 'vectorModels', 'stagedVectors'],
  conversations: ['conversations', 'messages'],
} as const satisfies Readonly<Record<string, readonly LibraryStore[]>>;

/** Records looked at in a store: enough for an estimate, few enough that the largest library takes less than a second. */
const sampledRecords = 32;

export interface SpaceUsed {
  readonly use: keyof typeof storesOf;
  /** Estimated from a sample of each store, before the database packs it. */
  readonly bytes: number;
}

/** About what each part of the library takes. Browsers tell only the sum. */
export async function measureSpace(library: Library): Promise<SpaceUsed[]> {
  const uses = Object.keys(storesOf) as (keyof typeof storesOf)[];
  return Promise.all(
    uses.map(async (use) => {
      const sizes = await Promise.all(storesOf[use].map((store) => estimateStore(library, store)));
      return { use, bytes: Math.round(sizes.reduce((sum, size) => sum + size, 0)) };
    }),
  );
}

async function estimateStore(library: Library, name: LibraryStore): Promise<number> {
  const { store } = library.transaction(name);
  const records = await store.count();
  const step = Math.max(1, Math.floor(records / sampledRecords));
  let bytes = 0;
  let looked = 0;
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.advance(step)) {
    bytes += bytesOf(cursor.value);
    looked += 1;
  }
  return looked === 0 ? 0 : (bytes / looked) * records;
}

/** About what a value takes when it is stored: a text a byte for each character, or two if one of them needs two. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return (/^[\0-\xff]*$/.test(value) ? 1 : 2) * value.length + 4;
  if (ArrayBuffer.isView(value)) return value.byteLength + 8;
  if (value instanceof ArrayBuffer) return value.byteLength + 8;
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + bytesOf(item), 4);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((sum, [key, item]) => sum + bytesOf(key) + bytesOf(item), 4);
  }
  return 8;
}
