import { emptyTotals, type Library, type LibraryStore } from './schema';
import { vectorBytes } from './vectors/vector-models';

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

/** Records looked at in a store, and pages: enough for an estimate. */
const sampledRecords = 32;
const sampledPages = 200;

export interface SpaceUsed {
  readonly use: SpaceUse;
  /** Estimated from a sample of each store, before the database packs it. */
  readonly bytes: number;
}

/** About what each part of the library takes. Browsers tell only the sum. */
export async function measureSpace(library: Library): Promise<SpaceUsed[]> {
  const bytes: Record<SpaceUse, number> = { texts: 0, index: 0, vectors: 0, conversations: 0 };
  const stores = Object.keys(useOf) as LibraryStore[];
  const growing = await measureGrowing(library);
  const sizes = await Promise.all(stores.map((store) => growing[store] ?? estimateStore(library, store)));
  for (const [index, store] of stores.entries()) bytes[useOf[store]] += sizes[index] ?? 0;
  return (Object.keys(bytes) as SpaceUse[]).map((use) => ({ use, bytes: Math.round(bytes[use]) }));
}

const pageStores = ['pages', 'versions', 'passageRuns', 'indexedPages'] as const;
type PageStore = (typeof pageStores)[number];

/**
 * The stores that grow with the library, by what is known of them and by a sample of its pages. Even to count their records the database goes through all of
 * it, which takes some seconds for a hundred thousand passages.
 */
async function measureGrowing(library: Library): Promise<Partial<Record<LibraryStore, number>>> {
  const [pages, segments, totals = emptyTotals, models] = await Promise.all([
    estimatePages(library),
    library.getAll('segments'),
    library.get('totals', 'library'),
    library.getAllKeys('vectorIndexes'),
  ]);
  const vectors = await Promise.all(models.map((modelKey) => vectorBytes(library, modelKey)));
  return {
    ...pages,
    lengths: totals.nextPassageId * Uint16Array.BYTES_PER_ELEMENT,
    // Both together, as they are known.
    postingBlocks: segments.reduce((sum, segment) => sum + segment.bytes, 0),
    termDictionaries: 0,
    vectorBlocks: vectors.reduce((sum, ofModel) => sum + ofModel, 0),
    vectorSigns: 0,
  };
}

async function estimatePages(library: Library): Promise<Record<PageStore, number>> {
  const bytes = { pages: 0, versions: 0, passageRuns: 0, indexedPages: 0 };
  const transaction = library.transaction(['scopeSlabs', ...pageStores]);
  const slabs = await transaction.objectStore('scopeSlabs').getAllKeys();
  const chosenSlabs = spread(slabs, sampledPages);
  for (const number of chosenSlabs) {
    const { pageIds = [] } = (await transaction.objectStore('scopeSlabs').get(number)) ?? {};
    const chosen = spread(pageIds, Math.ceil(sampledPages / chosenSlabs.length));
    const share = (chosenSlabs.length / slabs.length) * (chosen.length / pageIds.length);
    for (const pageId of chosen) {
      const [page, indexed, versions] = await Promise.all([
        transaction.objectStore('pages').get(pageId),
        transaction.objectStore('indexedPages').get(pageId),
        transaction.objectStore('versions').getAll(IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER])),
      ]);
      const first = indexed?.firstPassageId ?? 0;
      const runs = indexed?.passageCount
        ? await transaction.objectStore('passageRuns').getAll(IDBKeyRange.bound(first, first + indexed.passageCount - 1))
        : [];
      const found: Record<PageStore, readonly unknown[]> = { pages: [page], versions, passageRuns: runs, indexedPages: [indexed] };
      for (const store of pageStores) bytes[store] += found[store].reduce((sum: number, record) => sum + bytesOf(record), 0) / share;
    }
  }
  return bytes;
}

/** So many of them, from the first to the last. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return items.filter((_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step));
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
