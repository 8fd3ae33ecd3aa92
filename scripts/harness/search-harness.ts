import type { SearchResult } from '../../src/core/search/search';
import { mergeMeanwhile } from '../../src/storage/lexical/merge-meanwhile';
import { librarySearcher } from '../../src/storage/library-searcher';
import { libraryOpener, openLibrary } from '../../src/storage/open-library';
import { searchVectors } from '../../src/storage/vectors/search-vectors';
import { sharedVectorCache } from '../../src/storage/vectors/vector-cache';
import { SyntheticLibrary } from '../bench/synthetic-library';
import { timed } from '../bench/timing';
import { type AddingMs, commitSyntheticPage, mergePages, modelKey } from './build-library';
import { PageMaker } from './page-maker';
import { type PeerIndex, type PeerName, peers } from './peer-indexes';
import { recordBytes } from './record-bytes';

// Runs in the laboratory: what builds and measures in its page, what searches in its worker. A worker's memory is what lies in these variables.

export { beginPages, takeNearest, takePages } from './page-maker';

const opener = libraryOpener();
const searcher = librarySearcher(opener);
const loadedPeers = new Map<PeerName, PeerIndex>();
let wasAsked = false;

/** A question as it can be sent to a worker. */
export interface SentQuestion {
  readonly text: string;
  readonly vector: readonly number[];
}

const received = ({ text, vector }: SentQuestion) => ({ text, vector: Float32Array.from(vector) });

/** A worker's answer: how many passages it found, and whether it was its first. */
export interface Answer {
  readonly isFirst: boolean;
  readonly found: number;
}

function answer(found: number): Answer {
  const isFirst = !wasAsked;
  wasAsked = true;
  return { isFirst, found };
}

/** Does nothing: what a worker needs to start and to answer at all. */
export function wake(): Answer {
  return answer(0);
}

async function search({ text, vector }: ReturnType<typeof received>): Promise<SearchResult> {
  return searcher.search({ text, limit: 10, vector: { modelKey, values: vector } });
}

export async function searchOurs(question: SentQuestion): Promise<Answer> {
  const { passages } = await search(received(question));
  return answer(passages.length);
}

/** @returns milliseconds of each */
export async function timeOurs(questions: readonly SentQuestion[]): Promise<number[]> {
  const times: number[] = [];
  for (const question of questions.map(received)) times.push((await timed(() => search(question))).ms);
  return times;
}

/** What the worker has in the memory of WebAssembly. */
export function laidBytes(): number {
  return sharedVectorCache.laidBytes;
}

/** The ten passages whose vectors are nearest, as the search finds them. */
export async function nearestPassages(vector: readonly number[]): Promise<number[]> {
  const found = await searchVectors(await opener(), modelKey, Float32Array.from(vector), { limit: 10 });
  return found.map(({ id }) => id);
}

/** Loads what these stored and asks each: cold when the worker is. */
export async function searchPeers(
  names: readonly PeerName[],
  passages: number,
  question: SentQuestion,
): Promise<Answer & { readonly loadMs: number }> {
  const startedAt = performance.now();
  const indexes = await Promise.all(names.map((name) => peers[name].load(passages)));
  const loadMs = performance.now() - startedAt;
  let found = 0;
  for (const [place, index] of indexes.entries()) {
    loadedPeers.set(names[place] as PeerName, index);
    found += (await index.search(received(question))).length;
  }
  return { ...answer(found), loadMs };
}

/** @returns milliseconds of each. The peer must have been asked before. */
export async function timePeer(name: PeerName, questions: readonly SentQuestion[]): Promise<number[]> {
  const index = loadedPeers.get(name);
  if (!index) throw new Error(`${name} was not loaded.`);
  const times: number[] = [];
  for (const question of questions.map(received)) times.push((await timed(() => index.search(question))).ms);
  return times;
}

export interface BuiltLibrary {
  readonly pages: number;
  readonly textCharacters: number;
  readonly buildMs: number;
  readonly addingMs: AddingMs;
  /** Of each vector asked for, the ids of the ten passages nearest to it by exact cosines. */
  readonly nearest: readonly (readonly number[])[];
}

/** @param vectors that the nearest passages are wanted of */
export async function buildOurs(passages: number, dimensions: number, vectors: readonly (readonly number[])[]): Promise<BuiltLibrary> {
  const startedAt = performance.now();
  const library = await openLibrary();
  const addingMs: AddingMs = { split: 0, index: 0, commit: 0, merge: 0 };
  const merging = mergeMeanwhile(() => mergePages(library, addingMs).then(() => false));
  const maker = new PageMaker();
  let pages = 0;
  let done = 0;
  let textCharacters = 0;
  for await (const page of maker.pages({ passages, dimensions, nearestTo: vectors })) {
    await commitSyntheticPage(library, pages, page, addingMs);
    pages += 1;
    await merging.begin();
    textCharacters += page.markdown.length;
    done += page.spans.length;
    if (pages % pagesPerReport === 0) console.log(`${done} passages in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
  await merging.settled();
  const buildMs = performance.now() - startedAt;
  const nearest = await maker.nearest();
  maker.close();
  library.close();
  return { pages, textCharacters, buildMs, addingMs, nearest };
}

const pagesPerReport = 1_000;

export async function buildPeer(name: PeerName, passages: number, dimensions: number): Promise<void> {
  // The text is the same whatever the vectors are; those that nobody needs are not made.
  await peers[name].build(new SyntheticLibrary(name === 'exactScan' ? dimensions : 1), passages);
}

export interface StoreSize {
  readonly store: string;
  readonly records: number;
  readonly bytes: number;
}

const recordsPerRead = 500;

/** What the records of each store take, keys included, before the database compresses them. */
export async function measureStores(): Promise<StoreSize[]> {
  const library = await openLibrary();
  const sizes: StoreSize[] = [];
  for (const store of library.objectStoreNames) {
    let records = 0;
    let bytes = 0;
    for (let range: IDBKeyRange | null = null; ; ) {
      const transaction = library.transaction(store);
      const [keys, values] = await Promise.all([
        transaction.store.getAllKeys(range, recordsPerRead),
        transaction.store.getAll(range, recordsPerRead),
      ]);
      records += keys.length;
      for (const part of [...keys, ...values]) bytes += recordBytes(part);
      if (keys.length < recordsPerRead) break;
      range = IDBKeyRange.lowerBound(keys.at(-1), true);
    }
    sizes.push({ store, records, bytes });
  }
  library.close();
  return sizes;
}

/** What the browser says that the origin takes on disk. Waits until it no longer changes, since databases tidy up for a while. */
export async function settledBytes(): Promise<number> {
  let before = -1;
  for (let waits = 0; waits < 60; waits++) {
    const { usage = 0 } = await navigator.storage.estimate();
    if (usage === before) return usage;
    before = usage;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return before;
}
