import type { PageId } from '../../core/pages/page';
import { type IndexedPage, type Library, vectorStores, type WriteTransaction } from '../schema';
import { writeWhole } from '../write-whole';
import { readIndex } from './stored-index';
import { blocksOf, slabOfBlock } from './vector-records';
import { putIndex, removeSlab } from './vector-slabs';

/** Pages looked at in one transaction. */
const pagesAtOnce = 200;

/**
 * Goes through all pages, some at a time, for those that had vectors of a model in blocks that are gone: they no longer count as embedded. The index says where
 * that may be until all are found, so it is gone on with where it is cut off. What else was known of losses by then stays.
 */
export async function unmarkLosses(library: Library, modelKey: string): Promise<void> {
  const index = await readIndex(library.transaction(vectorStores), modelKey);
  if (index && !index.losses && !index.isIncomplete) return;
  const { slabs } = (!index?.isIncomplete && index?.losses) || {};
  const blocksThere = new Map<number, Promise<ReadonlySet<number>>>();
  const isGone = async (block: number) => {
    const slab = slabOfBlock(block);
    if (slabs?.includes(slab) === false) return false;
    const there = blocksThere.get(slab) ?? readNumbers(library, modelKey, slab);
    blocksThere.set(slab, there);
    return !(await there).has(block);
  };
  for (let last: PageId | undefined, isOver = false; !isOver; ) {
    const rest = last === undefined ? null : IDBKeyRange.lowerBound(last, true);
    const pages = await library.getAll('indexedPages', rest, pagesAtOnce);
    const losers: PageId[] = [];
    for (const page of pages) {
      const gone = await Promise.all(blocksOfPage(page, modelKey).map(isGone));
      if (gone.includes(true)) losers.push(page.pageId);
    }
    if (losers.length > 0) await unmark(library, modelKey, losers);
    last = pages.at(-1)?.pageId;
    isOver = pages.length < pagesAtOnce;
  }
  if (index) await sayFound(library, modelKey, index.losses?.revision);
}

const blocksOfPage = ({ vectorBlocks }: IndexedPage, modelKey: string): number[] =>
  vectorBlocks.flatMap((place) => (place.modelKey === modelKey ? [place.block] : []));

async function readNumbers(library: Library, modelKey: string, slab: number): Promise<ReadonlySet<number>> {
  return new Set((await library.getAllKeys('vectorBlocks', blocksOf(modelKey, slab))).map(([, number]) => number));
}

/** Of these pages those that have lost vectors indeed, as all stands within the transaction. */
async function unmark(library: Library, modelKey: string, pageIds: readonly PageId[]): Promise<void> {
  const transaction = library.transaction(['pages', 'indexedPages', 'vectorBlocks'], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    for (const pageId of pageIds) {
      const [page, indexed] = await Promise.all([
        transaction.objectStore('pages').get(pageId),
        transaction.objectStore('indexedPages').get(pageId),
      ]);
      if (!page?.embeddedWith?.includes(modelKey) || !indexed) continue;
      const store = transaction.objectStore('vectorBlocks');
      const keys = await Promise.all(blocksOfPage(indexed, modelKey).map((block) => store.getKey(IDBKeyRange.only([modelKey, block]))));
      if (!keys.includes(undefined)) continue;
      const { embeddedWith = [], ...unmarked } = page;
      const left = embeddedWith.filter((model) => model !== modelKey);
      void transaction.objectStore('pages').put(left.length > 0 ? { ...unmarked, embeddedWith: left } : unmarked);
    }
  });
}

/** The index names all its slabs, and pages that have lost vectors are known. What is empty goes only now: its numbers may be given again. */
async function sayFound(library: Library, modelKey: string, revision: number | undefined): Promise<void> {
  const transaction = library.transaction(vectorStores, 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const index = await readIndex(transaction, modelKey);
    if (!index || index.losses?.revision !== revision) return;
    const { losses: _, isIncomplete: __, ...whole } = index;
    for (const slab of index.slabs.filter(({ alive }) => alive <= 0)) {
      removeSlab(transaction as unknown as WriteTransaction, modelKey, whole, slab);
    }
    await putIndex(transaction as unknown as WriteTransaction, modelKey, { ...whole, revision: whole.revision + 1 });
  });
}
