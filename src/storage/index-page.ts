import { analyzerVersion } from '../core/analyze-text';
import type { IndexedPassages } from '../core/index-passages';
import type { PageId, PageVersion, PassageId } from '../core/page';
import type { PassageSpan } from '../core/split-passages';
import { removeJobWithin } from './jobs';
import { writeLengths } from './length-slabs';
import { emptyTotals, type Library, type SegmentId, type StoredPage, type WriteTransaction } from './schema';
import { addPageSegment, countDead } from './segments';
import { appendVectors, eraseVectors } from './vector-slabs';
import { writeWhole } from './write-whole';

/** Vectors of all passages of a page, in order. */
export interface PageVectors {
  readonly modelKey: string;
  readonly vectors: readonly Float32Array[];
}

const indexStores = ['pages', 'versions', 'passages', 'segments', 'termTables', 'lengths', 'indexedPages', 'vectors', 'totals'] as const;
const jobStores = ['jobs', 'captures', 'stagedVectors'] as const;

export interface PageCommit {
  readonly page: StoredPage;
  readonly version: PageVersion;
  readonly spans: readonly PassageSpan[];
  readonly indexed: IndexedPassages;
  readonly vectors?: PageVectors;
}

/**
 * Makes a page searchable, in one transaction: a page and its passages, words and vectors appear together or not at all. What an older version of
 * the page had in the index goes; its text stays, for the citations that point into it.
 * @param finish what else belongs to the same transaction, such as removing the job; if it gives false, everything is taken back
 * @returns whether it was done
 */
export async function commitPage(
  library: Library,
  commit: PageCommit,
  finish: (transaction: WriteTransaction) => Promise<boolean>,
): Promise<boolean> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  try {
    await writeWhole(transaction, async () => {
      await writePage(transaction, commit);
      if (!(await finish(transaction))) throw notWanted;
    });
    return true;
  } catch (error) {
    if (error === notWanted) return false;
    throw error;
  }
}

const notWanted = Symbol('not wanted');

async function writePage(transaction: WriteTransaction, { page, version, spans, indexed, vectors }: PageCommit): Promise<void> {
  await unindexPage(transaction, page.id);
  const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
  const firstId = totals.nextPassageId as PassageId;
  void transaction.objectStore('versions').put(version);
  void transaction.objectStore('pages').put({ ...page, ...(vectors ? { embeddedWith: vectors.modelKey } : {}) });
  spans.forEach((span, offset) => {
    void transaction
      .objectStore('passages')
      .put({ id: (firstId + offset) as PassageId, pageId: page.id, version: version.version, ...span });
  });
  addPageSegment(transaction, totals.nextSegmentId as SegmentId, firstId, spans.length, indexed.table);
  await writeLengths(transaction, firstId, indexed.lengths);
  const slabs = vectors ? await appendVectors(transaction, vectors.modelKey, firstId, vectors.vectors) : [];
  const totalLength = indexed.lengths.reduce((sum, length) => sum + length, 0);
  void transaction.objectStore('indexedPages').put({
    pageId: page.id,
    firstPassageId: firstId,
    passageCount: spans.length,
    totalLength,
    analyzerVersion,
    vectorSlabs: vectors ? slabs.map((slab) => ({ modelKey: vectors.modelKey, slab })) : [],
  });
  void transaction.objectStore('totals').put(
    {
      pages: totals.pages + 1,
      passages: totals.passages + spans.length,
      length: totals.length + totalLength,
      nextPassageId: firstId + spans.length,
      nextSegmentId: totals.nextSegmentId + 1,
    },
    'library',
  );
}

/** Adds the vectors of a page that is searchable by words already; those of another model go. Nothing happens if the page has changed or gone. */
export async function commitVectors(
  library: Library,
  pageId: PageId,
  version: number,
  vectors: PageVectors,
  finish: (transaction: WriteTransaction) => Promise<void>,
): Promise<void> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const page = await transaction.objectStore('pages').get(pageId);
    const indexed = await transaction.objectStore('indexedPages').get(pageId);
    if (page && indexed && page.version === version && indexed.passageCount === vectors.vectors.length) {
      await eraseVectors(transaction, indexed.vectorSlabs, indexed.firstPassageId, indexed.passageCount);
      const slabs = await appendVectors(transaction, vectors.modelKey, indexed.firstPassageId, vectors.vectors);
      const vectorSlabs = slabs.map((slab) => ({ modelKey: vectors.modelKey, slab }));
      void transaction.objectStore('indexedPages').put({ ...indexed, vectorSlabs });
      void transaction.objectStore('pages').put({ ...page, embeddedWith: vectors.modelKey });
    }
    await finish(transaction);
  });
}

/** Takes a page out of the library with all its versions and everything the index knows of it. */
export async function deletePage(library: Library, pageId: PageId): Promise<void> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    await unindexPage(transaction, pageId);
    void transaction.objectStore('versions').delete(IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER]));
    void transaction.objectStore('pages').delete(pageId);
    for (const jobId of await transaction.objectStore('jobs').index('byPage').getAllKeys(pageId)) removeJobWithin(transaction, jobId);
  });
}

async function unindexPage(transaction: WriteTransaction, pageId: PageId): Promise<void> {
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  if (!indexed) return;
  const { firstPassageId, passageCount, totalLength } = indexed;
  if (passageCount > 0) {
    void transaction.objectStore('passages').delete(IDBKeyRange.bound(firstPassageId, firstPassageId + passageCount - 1));
  }
  await writeLengths(transaction, firstPassageId, new Array<number>(passageCount).fill(0));
  await countDead(transaction, firstPassageId, passageCount);
  await eraseVectors(transaction, indexed.vectorSlabs, firstPassageId, passageCount);
  void transaction.objectStore('indexedPages').delete(pageId);
  const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
  void transaction.objectStore('totals').put(
    {
      ...totals,
      pages: totals.pages - 1,
      passages: totals.passages - passageCount,
      length: totals.length - totalLength,
    },
    'library',
  );
}
