import type { IDBPObjectStore } from 'idb';
import type { PageId, PassageId } from '../../core/pages/page';
import { siteHost } from '../../core/pages/site-host';
import type { ScopedPage } from '../../core/search/matches-scope';
import { lightReads } from '../light-reads';
import { perLibrary } from '../per-library';
import {
  emptyTotals,
  type Library,
  type LibrarySchema,
  type LibraryTotals,
  type ScopeSlab,
  type StoredPage,
  type WriteTransaction,
} from '../schema';
import { writeWhole } from '../write-whole';

/** A page is in the slab of its first passage: number `firstPassageId / slabSize`, rounded down. */
const slabSize = 1_024;
/** Never part of a tag, see `tidyTag`. */
const tagSeparator = ',';

/** What a scope or a list goes by, and the passages that a scope then takes in or not. */
export interface ScopeEntry extends ScopedPage {
  readonly title: string;
  readonly shareRead: number;
  readonly firstPassageId: PassageId;
  readonly passageCount: number;
}

interface Slabs {
  objectStore(name: 'totals'): { get(key: 'library'): Promise<LibraryTotals | undefined> };
  objectStore(name: 'scopeSlabs'): unknown;
}

type SlabStore = IDBPObjectStore<LibrarySchema, ['scopeSlabs'], 'scopeSlabs', 'readonly'>;

const keptOf = perLibrary((): { entries: readonly ScopeEntry[]; revision: number } => ({ entries: [], revision: -1 }));

/**
 * All pages, for a scope or a list to choose from. Kept apart from the pages themselves and by columns, because a search within a scope reads
 * all of it: 10,000 records, each by itself, take ten times as long. They are remembered as long as `LibraryTotals.listRevision` is the same, for of
 * 60,000 pages they take a third of a second. Those that cannot be read are made anew before this resolves.
 * @param transaction that reads it together with what else belongs to the same moment
 * @returns the same list as before as long as nothing has changed. Not to be changed.
 */
export async function readScopeEntries(
  library: Library,
  transaction: Slabs = library.transaction(['totals', 'scopeSlabs']) as Slabs,
): Promise<readonly ScopeEntry[]> {
  const kept = keptOf(library);
  const totals = await transaction.objectStore('totals').get('library');
  const revision = totals?.listRevision ?? 0;
  if (kept.revision === revision) return kept.entries;
  const slabs = await readSlabs(transaction);
  if (slabs.includes(undefined)) {
    await mendSlabs(library);
    return readScopeEntries(library);
  }
  const entries = slabs.flatMap((slab) => (slab ? entriesOf(slab) : []));
  Object.assign(kept, { entries, revision });
  return entries;
}

/**
 * Makes it anew where it cannot be read, whatever is remembered of it: with a slab that cannot be read no page of it could be saved nor deleted. Reads all of it,
 * so to be called where that has failed.
 * @returns whether there was anything to be made anew
 */
export async function mendScopeSlabs(library: Library): Promise<boolean> {
  const isDamaged = (await readSlabs(library.transaction('scopeSlabs'))).includes(undefined);
  if (isDamaged) await mendSlabs(library);
  return isDamaged;
}

/** `undefined` for each that cannot be read. */
const readSlabs = (transaction: Pick<Slabs, 'objectStore'>) =>
  lightReads(transaction.objectStore('scopeSlabs') as SlabStore).getAll(IDBKeyRange.lowerBound(0));

/** Makes all of it anew from the pages, in one transaction: without reading what is there, for that would take the transaction back. */
async function mendSlabs(library: Library): Promise<void> {
  const transaction = library.transaction(['pages', 'indexedPages', 'scopeSlabs', 'totals'], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const slabs = new Map<number, ScopeEntry[]>();
    for (const indexed of await transaction.objectStore('indexedPages').getAll()) {
      const page = await transaction.objectStore('pages').get(indexed.pageId);
      const number = scopeSlabOf(indexed.firstPassageId);
      if (page) slabs.set(number, [...(slabs.get(number) ?? []), entryOf(page, indexed)]);
    }
    const store = transaction.objectStore('scopeSlabs');
    void store.clear();
    for (const [number, entries] of slabs) void store.put(slabOf(entries), number);
    const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
    void transaction.objectStore('totals').put({ ...totals, listRevision: (totals.listRevision ?? 0) + 1 }, 'library');
  });
}

/** Notes a page, or notes it anew, within a transaction. */
export async function putScopeEntry(transaction: WriteTransaction, page: StoredPage, place: Place): Promise<void> {
  const entry = entryOf(page, place);
  await changeSlab(transaction, place.firstPassageId, (entries) => [...entries.filter(({ id }) => id !== page.id), entry]);
}

type Place = Pick<ScopeEntry, 'firstPassageId' | 'passageCount'>;

function entryOf(page: StoredPage, { firstPassageId, passageCount }: Place): ScopeEntry {
  const { id, title, url, tags = [], savedAt, capturedAt, shareRead } = page;
  return { id, title, host: siteHost(url), tags, savedAt, capturedAt, shareRead, firstPassageId, passageCount };
}

export async function removeScopeEntry(transaction: WriteTransaction, pageId: PageId, firstPassageId: PassageId): Promise<void> {
  await changeSlab(transaction, firstPassageId, (entries) => entries.filter(({ id }) => id !== pageId));
}

async function changeSlab(
  transaction: WriteTransaction,
  firstPassageId: PassageId,
  change: (entries: ScopeEntry[]) => ScopeEntry[],
): Promise<void> {
  const store = transaction.objectStore('scopeSlabs');
  const number = scopeSlabOf(firstPassageId);
  const slab = await store.get(number);
  const entries = change(slab ? entriesOf(slab) : []);
  void (entries.length > 0 ? store.put(slabOf(entries), number) : store.delete(number));
}

/** The number of the slab that a page is in. */
export const scopeSlabOf = (firstPassageId: PassageId): number => Math.floor(firstPassageId / slabSize);

function slabOf(entries: readonly ScopeEntry[]): ScopeSlab {
  return {
    pageIds: entries.map(({ id }) => id),
    titles: entries.map(({ title }) => title),
    hosts: entries.map(({ host }) => host),
    tags: entries.map(({ tags }) => tags.join(tagSeparator)),
    savedAt: Float64Array.from(entries, ({ savedAt }) => savedAt),
    capturedAt: Float64Array.from(entries, ({ capturedAt }) => capturedAt),
    firstPassageIds: Uint32Array.from(entries, ({ firstPassageId }) => firstPassageId),
    passageCounts: Uint32Array.from(entries, ({ passageCount }) => passageCount),
    sharesRead: Float32Array.from(entries, ({ shareRead }) => shareRead),
  };
}

export function entriesOf(slab: ScopeSlab): ScopeEntry[] {
  return slab.pageIds.map((id, index) => ({
    id,
    title: slab.titles[index] ?? '',
    host: slab.hosts[index] ?? '',
    tags: slab.tags[index]?.split(tagSeparator).filter(Boolean) ?? [],
    savedAt: slab.savedAt[index] ?? 0,
    capturedAt: slab.capturedAt[index] ?? 0,
    firstPassageId: (slab.firstPassageIds[index] ?? 0) as PassageId,
    passageCount: slab.passageCounts[index] ?? 0,
    shareRead: slab.sharesRead[index] ?? 1,
  }));
}
