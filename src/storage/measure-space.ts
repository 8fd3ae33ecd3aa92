import type { Library, LibraryStore } from './schema';

type SpaceUse = 'texts' | 'index' | 'vectors' | 'conversations';

/** What a person would call what each store holds. Of every store, so that a new one is not forgotten. */
const useOf: Readonly<Record<LibraryStore, SpaceUse>> = {
  pages: 'texts',
  versions: 'texts',
  captures: 'texts',
  jobs: 'texts',
  passageRuns: 'index',
  segments: 'index',
  termDictionaries: 'index',
  postingBlocks: 'index',
  lengths: 'index',
  indexedPages: 'index',
  scopeSlabs: 'index',
  deletions: 'index',
  totals: 'index',
  imports: 'texts',
  importItems: 'texts',
  importTexts: 'texts',
  importHosts: 'texts',
  vectorIndexes: 'vectors',
  vectorBlocks: 'vectors',
  vectorSigns: 'vectors',
  vectorModels: 'vectors',
  retrievalTunings: 'vectors',
  stagedVectors: 'vectors',
  pictures: 'conversations',
  usage: 'conversations',
  usageMonths: 'conversations',
  conversations: 'conversations',
  conversationDeletions: 'conversations',
  messages: 'conversations',
  readings: 'conversations',
  assistants: 'conversations',
  examples: 'conversations',
  tuningJobs: 'conversations',
  tuningFiles: 'conversations',
  tuningCourses: 'conversations',
  exampleDrafts: 'conversations',
  judgements: 'conversations',
  deletedExamples: 'conversations',
};

/** Records looked at in a store: enough for an estimate, few enough that the largest library takes less than a second. */
const sampledRecords = 32;

export interface SpaceUsed {
  readonly use: SpaceUse;
  /** Estimated from a sample of each store, before the database packs it. */
  readonly bytes: number;
}

/** About what each part of the library takes. Browsers tell only the sum. */
export async function measureSpace(library: Library): Promise<SpaceUsed[]> {
  const bytes: Record<SpaceUse, number> = { texts: 0, index: 0, vectors: 0, conversations: 0 };
  const stores = Object.keys(useOf) as LibraryStore[];
  const sizes = await Promise.all(stores.map((store) => estimateStore(library, store)));
  for (const [index, store] of stores.entries()) bytes[useOf[store]] += sizes[index] ?? 0;
  return (Object.keys(bytes) as SpaceUse[]).map((use) => ({ use, bytes: Math.round(bytes[use]) }));
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
  if (value instanceof Blob) return value.size + 8;
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + bytesOf(item), 4);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((sum, [key, item]) => sum + bytesOf(key) + bytesOf(item), 4);
  }
  return 8;
}
