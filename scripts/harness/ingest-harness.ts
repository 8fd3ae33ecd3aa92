import { deleteDB, openDB } from 'idb';
import { migrations, schemaVersion } from '../../src/storage/migrations/migrations';
import type { Library, LibrarySchema } from '../../src/storage/schema';
import { type PageSize, SyntheticLibrary } from '../bench/synthetic-library';
import { timed } from '../bench/timing';
import { type AddingMs, commitSyntheticPage, mergePages } from './build-library';
import { type PeerName, peers } from './peer-indexes';

// Runs in the laboratory's page: text to an index on disk.

/** A library of its own beside others. */
function openNamed(name: string): Promise<Library> {
  return openDB<LibrarySchema>(name, schemaVersion, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
    },
  });
}

const nothingSpent = (): AddingMs => ({ split: 0, index: 0, commit: 0, merge: 0 });
/** Pages that are added to a library have other words than those in it. */
const addedSeed = 2;
const firstAddedNumber = 10_000_000;
const settlingMs = 100;
/** They are made too long and then cut to one size. */
const addedPageSize: PageSize = { least: 26, most: 28 };

/** Fills a new library. @returns what the indexing took: making up the pages is not counted */
export async function fillLibrary(name: string, passages: number, dimensions: number, isEmbedded: boolean): Promise<AddingMs> {
  const library = await openNamed(name);
  const spent = nothingSpent();
  let number = 0;
  for (const page of new SyntheticLibrary(dimensions).pages(passages)) {
    await commitSyntheticPage(library, number++, page, spent, isEmbedded);
    await mergePages(library, spent);
  }
  library.close();
  return spent;
}

/** What each page took that was added. */
export interface AddedPages {
  readonly toEmpty: readonly AddingMs[];
  readonly toFull: readonly AddingMs[];
}

/**
 * Adds pages of so many passages to a full library and, turn by turn, to one that has nothing in it: each another page, since words that were just seen
 * are stemmed faster. The first of each is not counted: it compiles the code.
 */
export async function timeAddedPages(name: string, pages: number, passagesPerPage: number, dimensions: number): Promise<AddedPages> {
  const full = await openNamed(name);
  const made = new SyntheticLibrary(dimensions, addedSeed, addedPageSize);
  const timeOne = async (library: Library, number: number) => {
    const page = made.page(number, passagesPerPage);
    const spent = nothingSpent();
    // What the database still has to do after the one before is not this one's.
    await new Promise((resolve) => setTimeout(resolve, settlingMs));
    await commitSyntheticPage(library, firstAddedNumber + number, page, spent);
    await mergePages(library, spent);
    return spent;
  };
  const toFull: AddingMs[] = [];
  const toEmpty: AddingMs[] = [];
  for (let number = 0; number <= pages; number++) {
    toFull.push(await timeOne(full, 2 * number));
    const empty = await openNamed(emptyName);
    toEmpty.push(await timeOne(empty, 2 * number + 1));
    empty.close();
    await deleteDB(emptyName);
  }
  full.close();
  return { toEmpty: toEmpty.slice(1), toFull: toFull.slice(1) };
}

const emptyName = 'empty';

/** Milliseconds for an index of words to be built and stored. Making up the pages is counted, and given apart to be taken off. */
export async function timePeer(name: PeerName, passages: number): Promise<{ buildMs: number; makingMs: number }> {
  const { ms: buildMs } = await timed(() => peers[name].build(new SyntheticLibrary(1), passages));
  const { ms: makingMs } = await timed(() => {
    for (const _ of new SyntheticLibrary(1).pages(passages));
  });
  return { buildMs, makingMs };
}
