import type { IndexedPassages } from '../../core/lexical/index-passages';
import { once } from '../../core/once';
import type { PageId, PageVersion, PassageId } from '../../core/pages/page';
import type { PassageSpan } from '../../core/pages/split-passages';
import type { PassageVector } from '../../core/vectors/quantize-vector';
import { addLengths, slabOf as lengthSlabOf, writeLengths } from '../lexical/length-slabs';
import { addPageSegment, countDead } from '../lexical/segments';
import { lightWrites } from '../light-writes';
import { perLibrary } from '../per-library';
import { type RecordPlace, readAhead } from '../read-ahead';
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
} from '../schema';
import { readVectors } from '../vectors/read-vectors';
import { claimIndex } from '../vectors/vector-models';
import { appendVectors, eraseVectors } from '../vectors/vector-slabs';
import { writeRelaxed } from '../write-relaxed';
import { writeWhole } from '../write-whole';
import { removeJobWithin } from './jobs';
import { passagesOf, putPassages, readRuns } from './passage-runs';
import { putScopeEntry, removeScopeEntry, scopeSlabOf } from './scope-slabs';
import { withStoredMarks } from './with-stored-marks';

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
  'deletions',
] as const;
const jobStores = ['jobs', 'captures', 'stagedVectors'] as const;

export interface PageCommit {
  readonly page: StoredPage;
  readonly version: PageVersion;
  readonly spans: readonly PassageSpan[];
  /** Finds its words, while the database is asked for the page's place: they take about as long as its answer. Called once. */
  readonly indexed: () => IndexedPassages;
  readonly vectors?: PageVectors;
  /**
   * Not to wait for the disk, where what the page is made of lies there already and goes in this same transaction: if the power fails, both come back as they
   * were before it. Of a page too long for that it is waited for all the same, see `writeRelaxed`; `finish` is then run twice.
   */
  readonly canBeDoneAgain?: true;
  /** Records that `finish` gets, to be asked for together with what else has to be known. */
  readonly wantedAtEnd?: readonly RecordPlace[];
}

/** Behind the last page that was committed here, where the next one will most likely be put. */
const likelyEnd = perLibrary((): { passageId?: PassageId } => ({}));

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
  const { page, version, spans, vectors, canBeDoneAgain, wantedAtEnd = [] } = commit;
  const stores = [...indexStores, ...jobStores, ...besides] as const;
  const indexedOnce = once(commit.indexed);
  const end = likelyEnd(library);
  const write = async (begun: WriteTransaction) => {
    const reading = Promise.all([begun.objectStore('pages').get(page.id), readPlace(begun, page.id)]);
    const transaction = readAhead(begun, [...likelyPlaces(end.passageId, vectors?.modelKey), ...wantedAtEnd]);
    // Whoever waits for it hears of it, unless what follows throws first.
    reading.catch(() => {});
    const indexed = indexedOnce();
    const [stored, before] = await reading;
    void transaction.objectStore('versions').put(version);
    const described = withStoredMarks(page, stored);
    end.passageId = await writeIndexed(transaction, { page: described, spans, indexed, vectors: vectors ? [vectors] : [] }, before);
    return finish(transaction);
  };
  if (!canBeDoneAgain) {
    const transaction = library.transaction([...stores], 'readwrite', { durability: 'strict' });
    return takenBackIfNotWanted(transaction, () => write(lightWrites(transaction)));
  }
  return unlessNotWanted(() =>
    writeRelaxed(library, stores, [version], async (transaction) => {
      if (!(await write(transaction))) throw notWanted;
    }),
  );
}

/** What a page is added to. */
function likelyPlaces(end: PassageId | undefined, modelKey: string | undefined): RecordPlace[] {
  const places: RecordPlace[] = [];
  if (end !== undefined) places.push(['lengths', lengthSlabOf(end)], ['scopeSlabs', scopeSlabOf(end)]);
  if (modelKey !== undefined) places.push(['vectorIndexes', modelKey], ['vectorModels', 'library']);
  return places;
}

const notWanted = Symbol('not wanted');

function takenBackIfNotWanted(transaction: Parameters<typeof writeWhole>[0], work: () => Promise<boolean>): Promise<boolean> {
  return unlessNotWanted(() =>
    writeWhole(transaction, async () => {
      if (!(await work())) throw notWanted;
    }),
  );
}

async function unlessNotWanted(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error === notWanted) return false;
    throw error;
  }
}

interface PageToIndex extends Pick<PageCommit, 'page' | 'spans'> {
  readonly indexed: IndexedPassages;
  /** Of several models, while one takes the other's place. */
  readonly vectors: readonly PageVectors[];
}

interface PlaceBefore {
  /** `undefined` when the index knows nothing of the page. */
  readonly indexed: IndexedPage | undefined;
  readonly totals: LibraryTotals | undefined;
}

async function readPlace(transaction: WriteTransaction, pageId: PageId): Promise<PlaceBefore> {
  const [indexed, totals] = await Promise.all([
    transaction.objectStore('indexedPages').get(pageId),
    transaction.objectStore('totals').get('library'),
  ]);
  return { indexed, totals };
}

/**
 * Writes a page and its place in the index, in the stead of the one it had. Waiting is most of what a page takes to be written: so what does not hang
 * together is read at once, and what is put is not waited for, since a transaction does one after the other and ends with all of it.
 * @returns the passage behind its last
 */
async function writeIndexed(
  transaction: WriteTransaction,
  { page: described, spans, indexed, vectors }: PageToIndex,
  before: PlaceBefore,
): Promise<PassageId> {
  const { embeddedWith: _, ...page } = described;
  const totals = await unindexPage(transaction, before);
  const firstPassageId = totals.nextPassageId as PassageId;
  const passageCount = spans.length;
  const totalLength = indexed.lengths.reduce((sum, length) => sum + length, 0);

  const writing = [
    addLengths(transaction, firstPassageId, indexed.lengths),
    putScopeEntry(transaction, page, { firstPassageId, passageCount }),
  ];
  const embeddedWith = vectors.map(({ modelKey }) => modelKey);
  void transaction.objectStore('pages').put(embeddedWith.length > 0 ? { ...page, embeddedWith } : page);
  for (const modelKey of embeddedWith) writing.push(claimIndex(transaction, modelKey));
  putPassages(transaction, { pageId: page.id, version: page.version }, firstPassageId, spans);
  addPageSegment(transaction, totals.nextSegmentId as SegmentId, firstPassageId, indexed);
  void transaction.objectStore('totals').put(
    {
      ...totals,
      pages: totals.pages + 1,
      passages: totals.passages + passageCount,
      length: totals.length + totalLength,
      nextPassageId: firstPassageId + passageCount,
      nextSegmentId: totals.nextSegmentId + 1,
      listRevision: (totals.listRevision ?? 0) + 1,
    },
    'library',
  );
  const appending = vectors.map(async ({ modelKey, vectors: values }) => {
    const blocks = await appendVectors(transaction, modelKey, firstPassageId, values);
    return blocks.map((block) => ({ modelKey, block }));
  });
  const [vectorBlocks] = await Promise.all([Promise.all(appending), ...writing]);
  void transaction.objectStore('indexedPages').put({
    pageId: page.id,
    firstPassageId,
    passageCount,
    totalLength,
    ...(indexed.language ? { language: indexed.language } : {}),
    vectorBlocks: vectorBlocks.flat(),
  });
  return (firstPassageId + passageCount) as PassageId;
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

export interface PageReindex {
  /** The page as it was read, and where its passages began. */
  readonly page: StoredPage;
  readonly firstPassageId: PassageId;
  readonly spans: readonly PassageSpan[];
  readonly indexed: IndexedPassages;
  /** What else of the page becomes another. */
  readonly change: (page: StoredPage) => StoredPage;
}

/**
 * Gives a page a new place in the index, made of the text that is stored, in one transaction. Its vectors come along as long as its passages are the ones
 * that they were made of.
 * @returns false if the page has changed or gone since it was read: then nothing is done
 */
export async function reindexPage(library: Library, { page: read, firstPassageId, spans, indexed, change }: PageReindex): Promise<boolean> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  return takenBackIfNotWanted(transaction, async () => {
    const stored = await transaction.objectStore('pages').get(read.id);
    const before = await readPlace(transaction, read.id);
    const place = before.indexed;
    if (stored?.version !== read.version || place?.firstPassageId !== firstPassageId) return false;
    const last = firstPassageId + place.passageCount - 1;
    const passages = (await readRuns(transaction.objectStore('passageRuns'), firstPassageId, last)).flatMap(passagesOf);
    const areSame =
      passages.length === spans.length && passages.every(({ start, end }, at) => start === spans[at]?.start && end === spans[at].end);
    const vectors = areSame ? await readPageVectors(transaction, place, stored.embeddedWith ?? []) : [];
    await writeIndexed(transaction, { page: { ...change(stored), passageCount: spans.length }, spans, indexed, vectors }, before);
    return true;
  });
}

/** The vectors that a page has all of, to the precision they are stored with. */
async function readPageVectors(transaction: WriteTransaction, place: IndexedPage, modelKeys: readonly string[]): Promise<PageVectors[]> {
  const complete: PageVectors[] = [];
  for (const modelKey of modelKeys) {
    const blocks = place.vectorBlocks.filter((block) => block.modelKey === modelKey).map(({ block }) => block);
    const vectors = await readVectors(transaction, modelKey, blocks, place.firstPassageId, place.passageCount);
    if (vectors) complete.push({ modelKey, vectors });
  }
  return complete;
}

/** Takes a page out of the library with all its versions and everything the index knows of it. */
export async function deletePage(library: Library, pageId: PageId): Promise<void> {
  const transaction = library.transaction([...indexStores, ...jobStores], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const before = await readPlace(transaction, pageId);
    void transaction.objectStore('totals').put(await unindexPage(transaction, before), 'library');
    void transaction.objectStore('versions').delete(IDBKeyRange.bound([pageId, 0], [pageId, Number.MAX_SAFE_INTEGER]));
    void transaction.objectStore('pages').delete(pageId);
    void transaction.objectStore('deletions').delete(pageId);
    for (const jobId of await transaction.objectStore('jobs').index('byPage').getAllKeys(pageId)) removeJobWithin(transaction, jobId);
  });
}

/**
 * Takes out of the index what it knows of a page, within a transaction.
 * @returns the library's totals without it, not stored yet
 */
async function unindexPage(transaction: WriteTransaction, { indexed, totals = emptyTotals }: PlaceBefore): Promise<LibraryTotals> {
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
    listRevision: (totals.listRevision ?? 0) + 1,
  };
}
