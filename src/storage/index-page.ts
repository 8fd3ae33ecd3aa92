import type { IndexedPassages } from '../core/index-passages';
import type { PageId, PageVersion, PassageId } from '../core/page';
import type { PassageVector } from '../core/quantize-vector';
import type { PassageSpan } from '../core/split-passages';
import { removeJobWithin } from './jobs';
import { writeLengths } from './length-slabs';
import { putPassages } from './passage-runs';
import {
  emptyTotals,
  type IndexedPage,
  type Library,
  type LibraryStore,
  type LibraryTotals,
  type SegmentId,
  type StoredPage,
  vectorStores,
  type WriteTransaction,
} from './schema';
import { putScopeEntry, removeScopeEntry } from './scope-slabs';
import { addPageSegment, countDead } from './segments';
import { claimIndex } from './vector-models';
import { appendVectors, eraseVectors } from './vector-slabs';
import { withStoredTags } from './with-stored-tags';
import { writeWhole } from './write-whole';

/** Vectors of all passages of a page, in order. */
export interface PageVectors {
  readonly modelKey: string;
  readonly vectors: readonly PassageVector[];
}

const indexStores = [
  'pages',
  'versions',
  'passageRuns',
  'segments',
  'termDictionaries',
  'postingBlocks',
  'lengths',
  'indexedPages',
  'scopeSlabs',
  ...vectorStores,
  'vectorModels',
  'totals',
] as const;
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
 * @param besides stores that `finish` needs and the index does not
 * @returns whether it was done
 */
export async function commitPage(
  library: Library,
  commit: PageCommit,
  finish: (transaction: WriteTransaction) => Promise<boolean>,
  besides: readonly LibraryStore[] = [],
): Promise<boolean> {
  const transaction = library.transaction([...indexStores, ...jobStores, ...besides], 'readwrite', { durability: 'strict' });
  return takenBackIfNotWanted(transaction, async () => {
    await writePage(transaction, commit);
    return finish(transaction);
  });
}

const notWanted = Symbol('not wanted');

async function takenBackIfNotWanted(transaction: Parameters<typeof writeWhole>[0], work: () => Promise<boolean>): Promise<boolean> {
  try {
    await writeWhole(transaction, async () => {
      if (!(await work())) throw notWanted;
    });
    return true;
  } catch (error) {
    if (error === notWanted) return false;
    throw error;
  }
}

/**
 * Waiting is most of what a page takes to be written: so what does not hang together is read at once, and what is put is not waited for, since a
 * transaction does one after the other and ends with all of it.
 */
async function writePage(transaction: WriteTransaction, { page: captured, version, spans, indexed, vectors }: PageCommit): Promise<void> {
  const [stored, before, totalsBefore] = await Promise.all([
    transaction.objectStore('pages').get(captured.id),
    transaction.objectStore('indexedPages').get(captured.id),
    transaction.objectStore('totals').get('library'),
  ]);
  const page = withStoredTags(captured, stored);
  const totals = await unindexPage(transaction, before, totalsBefore);
  const firstPassageId = totals.nextPassageId as PassageId;
  const passageCount = spans.length;
  const totalLength = indexed.lengths.reduce((sum, length) => sum + length, 0);

  const writing = [
    writeLengths(transaction, firstPassageId, indexed.lengths),
    putScopeEntry(transaction, page, { firstPassageId, passageCount }),
  ];
  void transaction.objectStore('versions').put(version);
  void transaction.objectStore('pages').put({ ...page, ...(vectors ? { embeddedWith: [vectors.modelKey] } : {}) });
  if (vectors) writing.push(claimIndex(transaction, vectors.modelKey));
  putPassages(transaction, { pageId: page.id, version: version.version }, firstPassageId, spans);
  addPageSegment(transaction, totals.nextSegmentId as SegmentId, firstPassageId, indexed);
  void transaction.objectStore('totals').put(
    {
      pages: totals.pages + 1,
      passages: totals.passages + passageCount,
      length: totals.length + totalLength,
      nextPassageId: firstPassageId + passageCount,
      nextSegmentId: totals.nextSegmentId + 1,
    },
    'library',
  );
  const appending = vectors ? appendVectors(transaction, vectors.modelKey, firstPassageId, vectors.vectors) : [];
  const [blocks] = await Promise.all([appending, ...writing]);
  void transaction.objectStore('indexedPages').put({
    pageId: page.id,
    firstPassageId,
    passageCount,
    totalLength,
    ...(indexed.language ? { language: indexed.language } : {}),
    vectorBlocks: vectors ? blocks.map((block) => ({ modelKey: vectors.modelKey, block })) : [],
  });
}

/**
 * Adds the vectors of a page that is searchable already, beside those of another model. Nothing is added if the page has changed or gone, or has vectors of
 * this model.
 * @param finish what else belongs to the same transaction; if it gives false, everything is taken back
 */
export async function commitVectors(
  library: Library,
  pageId: PageId,
  version: number,
  vectors: PageVectors,
  finish: (transaction: WriteTransaction) => Promise<boolean>,
): Promise<void> {
  const { modelKey } = vectors;
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  await takenBackIfNotWanted(transaction, async () => {
    const page = await transaction.objectStore('pages').get(pageId);
    const indexed = await transaction.objectStore('indexedPages').get(pageId);
    const { embeddedWith = [] } = page ?? {};
    if (page?.version === version && indexed?.passageCount === vectors.vectors.length && !embeddedWith.includes(modelKey)) {
      // What is left of this model's vectors when some of them were damaged.
      const remains = indexed.vectorBlocks.filter((place) => place.modelKey === modelKey);
      await eraseVectors(transaction, remains, indexed.firstPassageId, indexed.passageCount);
      const blocks = await appendVectors(transaction, modelKey, indexed.firstPassageId, vectors.vectors);
      const others = indexed.vectorBlocks.filter((place) => place.modelKey !== modelKey);
      const vectorBlocks = [...others, ...blocks.map((block) => ({ modelKey, block }))];
      void transaction.objectStore('indexedPages').put({ ...indexed, vectorBlocks });
      void transaction.objectStore('pages').put({ ...page, embeddedWith: [...embeddedWith, modelKey] });
      await claimIndex(transaction, modelKey);
    }
    return finish(transaction);
  });
}

/** Takes a page out of the library with all its versions and everything the index knows of it. */
export async function deletePage(library: Library, pageId: PageId): Promise<void> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const [indexed, totals] = await Promise.all([
      transaction.objectStore('indexedPages').get(pageId),
      transaction.objectStore('totals').get('library'),
    ]);
    void transaction.objectStore('totals').put(await unindexPage(transaction, indexed, totals), 'library');
    void transaction.objectStore('versions').delete(IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER]));
    void transaction.objectStore('pages').delete(pageId);
    for (const jobId of await transaction.objectStore('jobs').index('byPage').getAllKeys(pageId)) removeJobWithin(transaction, jobId);
  });
}

/**
 * Takes out of the index what it knows of a page, within a transaction.
 * @param indexed `undefined` if it knows nothing
 * @returns the library's totals without it, not stored yet
 */
async function unindexPage(transaction: WriteTransaction, indexed: IndexedPage | undefined, totals = emptyTotals): Promise<LibraryTotals> {
  if (!indexed) return totals;
  const { pageId, firstPassageId, passageCount, totalLength, vectorBlocks } = indexed;
  if (passageCount > 0) {
    void transaction.objectStore('passageRuns').delete(IDBKeyRange.bound(firstPassageId, firstPassageId + passageCount - 1));
  }
  void transaction.objectStore('indexedPages').delete(pageId);
  await Promise.all([
    writeLengths(transaction, firstPassageId, new Array<number>(passageCount).fill(0)),
    countDead(transaction, firstPassageId, passageCount),
    eraseVectors(transaction, vectorBlocks, firstPassageId, passageCount),
    removeScopeEntry(transaction, pageId, firstPassageId),
  ]);
  return {
    ...totals,
    pages: totals.pages - 1,
    passages: totals.passages - passageCount,
    length: totals.length - totalLength,
  };
}
