import * as orama from '@orama/orama';
import { openDB } from 'idb';
import MiniSearch from 'minisearch';
import { indexPassages } from '../../src/core/index-passages';
import type { PageId } from '../../src/core/page';
import { type PassageSpan, splitPassages } from '../../src/core/split-passages';
import { commitPage, type PageVectors } from '../../src/storage/index-page';
import { librarySearcher } from '../../src/storage/library-searcher';
import { mergeSegments } from '../../src/storage/merge-segments';
import { libraryOpener } from '../../src/storage/open-library';
import type { Library } from '../../src/storage/schema';
import { scanVectors } from '../../src/storage/vector-slabs';
import { SyntheticLibrary } from '../bench/synthetic-library';
import { percentile, timed } from '../bench/timing';

// Runs in a browser page. Each contestant stores its index in IndexedDB; the page is then loaded anew for each, so that every one starts cold.

const passagesPerPage = 20;
const modelKey = 'synthetic';
const scanSlab = 4_096;
const warmQueries = 40;

const openLibrary = libraryOpener();
const openPeers = () => openDB('peers', 1, { upgrade: (database) => void database.createObjectStore('stored') });
const oramaSchema = { title: 'string', text: 'string' } as const;

/** Commits a page as the worker does, and merges what wants merging. */
async function savePage(
  library: Library,
  name: string,
  title: string,
  text: string,
  spans: readonly PassageSpan[],
  vectors?: PageVectors,
): Promise<void> {
  const id = name as PageId;
  const url = `https://synthetic.invalid/${name}`;
  const described = { id, canonicalUrl: url, url, addresses: [url], title, site: 'synthetic.invalid', savedAt: 0, capturedAt: 0 };
  const page = { ...described, version: 1, passageCount: spans.length, shareRead: 1 };
  const version = { pageId: id, version: 1, text, contentHash: url, capturedAt: 0 };
  const indexed = indexPassages(text, title, spans);
  await commitPage(library, { page, version, spans, indexed, ...(vectors ? { vectors } : {}) }, async () => true);
  await mergeSegments(library);
}

export async function buildAll(passages: number, dimensions: number): Promise<{ textBytes: number; ownBytes: number }> {
  const made = new SyntheticLibrary(dimensions);
  const library = await openLibrary();
  const peers = await openPeers();
  const miniSearch = new MiniSearch({ fields: ['title', 'text'], idField: 'id' });
  const oramaIndex = orama.create({ schema: oramaSchema });
  let slab = new Float32Array(scanSlab * dimensions);
  let textBytes = 0;

  for (let first = 0; first < passages; first += passagesPerPage) {
    const batch = Array.from({ length: Math.min(passagesPerPage, passages - first) }, (_, offset) => made.passage(first + offset));
    const title = batch[0]?.title ?? '';
    const text = batch.map((passage) => passage.text).join('\n\n');
    textBytes += text.length;
    const spans = batch.map((passage, index) => {
      const start = batch.slice(0, index).reduce((sum, before) => sum + before.text.length + 2, 0);
      return { start, end: start + passage.text.length, headingPath: [] };
    });
    await savePage(library, `page-${first}`, title, text, spans, { modelKey, vectors: batch.map((passage) => passage.vector) });
    for (const [offset, passage] of batch.entries()) {
      const index = first + offset;
      miniSearch.add({ id: index, title, text: passage.text });
      orama.insert(oramaIndex, { id: String(index), title, text: passage.text });
      slab.set(passage.vector, (index % scanSlab) * dimensions);
      if (index % scanSlab === scanSlab - 1 || index === passages - 1) {
        await peers.put('stored', slab, `scan-${Math.floor(index / scanSlab)}`);
        slab = new Float32Array(scanSlab * dimensions);
      }
    }
  }
  const ownBytes = await usedBytes();
  await peers.put('stored', JSON.stringify(miniSearch), 'minisearch');
  await peers.put('stored', JSON.stringify(orama.save(oramaIndex)), 'orama');
  return { textBytes, ownBytes: ownBytes - passages * dimensions * 4 };
}

async function usedBytes(): Promise<number> {
  return (await navigator.storage.estimate()).usage ?? 0;
}

function questions(dimensions: number, count: number) {
  // The same seed gives the same clusters of meaning as the library has.
  const made = new SyntheticLibrary(dimensions);
  return Array.from({ length: count }, () => made.question());
}

export interface Timings {
  readonly firstMs: number;
  readonly warmP50Ms: number;
  readonly warmP95Ms: number;
}

async function timeQueries(
  dimensions: number,
  search: (question: { text: string; vector: Float32Array }) => Promise<unknown> | unknown,
): Promise<Timings> {
  const [first, ...rest] = questions(dimensions, warmQueries + 1);
  if (!first) throw new Error('No questions.');
  const { ms: firstMs } = await timed(() => search(first));
  const warm: number[] = [];
  for (const question of rest) warm.push((await timed(() => search(question))).ms);
  return { firstMs, warmP50Ms: percentile(warm, 0.5), warmP95Ms: percentile(warm, 0.95) };
}

/** From nothing open to ranked passages, then warm. */
export function timeOurs(dimensions: number): Promise<Timings> {
  const searcher = librarySearcher(openLibrary);
  return timeQueries(dimensions, ({ text, vector }) => searcher.search({ text, limit: 10, vector: { modelKey, values: vector } }));
}

export async function timeMiniSearch(dimensions: number): Promise<Timings & { loadMs: number }> {
  const { ms: loadMs, value: index } = await timed(async () => {
    const stored = (await (await openPeers()).get('stored', 'minisearch')) as string;
    return MiniSearch.loadJSON(stored, { fields: ['title', 'text'], idField: 'id' });
  });
  return { loadMs, ...(await timeQueries(dimensions, ({ text }) => index.search(text).slice(0, 10))) };
}

export async function timeOrama(dimensions: number): Promise<Timings & { loadMs: number }> {
  const { ms: loadMs, value: index } = await timed(async () => {
    const stored = (await (await openPeers()).get('stored', 'orama')) as string;
    const created = orama.create({ schema: oramaSchema });
    orama.load(created, JSON.parse(stored) as orama.RawData);
    return created;
  });
  return { loadMs, ...(await timeQueries(dimensions, ({ text }) => orama.search(index, { term: text, limit: 10 }))) };
}

export async function timeExactScan(dimensions: number, passages: number): Promise<Timings & { loadMs: number }> {
  const { ms: loadMs, value: slabs } = await timed(() => loadScan(passages));
  return { loadMs, ...(await timeQueries(dimensions, ({ vector }) => exactBest(slabs, vector, passages, 10))) };
}

/** The share of the ten truly nearest passages that the stored codes find too, over some questions. */
export async function measureRecall(dimensions: number, passages: number): Promise<number> {
  const slabs = await loadScan(passages);
  const library = await openLibrary();
  let found = 0;
  const asked = questions(dimensions, 20);
  for (const { vector } of asked) {
    const exact = new Set(exactBest(slabs, vector, passages, 10));
    const scores = await scanVectors(library, modelKey, vector);
    const ours = scores.sort((a, b) => b.score - a.score).slice(0, 10);
    // Passage ids count from 1, in the order in which the passages were made.
    found += ours.filter(({ id }) => exact.has(id - 1)).length;
  }
  return found / (asked.length * 10);
}

async function loadScan(passages: number): Promise<Float32Array[]> {
  const peers = await openPeers();
  const numbers = Array.from({ length: Math.ceil(passages / scanSlab) }, (_, number) => number);
  return Promise.all(numbers.map((number) => peers.get('stored', `scan-${number}`) as Promise<Float32Array>));
}

function exactBest(slabs: readonly Float32Array[], query: Float32Array, passages: number, count: number): number[] {
  const best: { index: number; score: number }[] = [];
  for (let index = 0; index < passages; index++) {
    const slab = slabs[Math.floor(index / scanSlab)] as Float32Array;
    const offset = (index % scanSlab) * query.length;
    let score = 0;
    for (let place = 0; place < query.length; place++) score += (query[place] as number) * (slab[offset + place] as number);
    if (best.length < count || score > (best[count - 1]?.score ?? 0)) {
      best.push({ index, score });
      best.sort((a, b) => b.score - a.score);
      best.length = Math.min(best.length, count);
    }
  }
  return best.map(({ index }) => index);
}

/** Passages a second from text to a stored index. Ours is on disk after each page; the peers store theirs once, at the end. */
export async function timeIndexing(passages: number): Promise<{ ours: number; minisearch: number; orama: number }> {
  const made = new SyntheticLibrary(4, 7);
  const texts = Array.from({ length: passages }, (_, index) => made.passage(index));
  const library = await openLibrary();
  const perSecond = ({ ms }: { ms: number }) => (passages * 1_000) / ms;
  const ours = await timed(async () => {
    for (let first = 0; first < passages; first += passagesPerPage) {
      const title = texts[first]?.title ?? '';
      const text = texts
        .slice(first, first + passagesPerPage)
        .map((passage) => passage.text)
        .join('\n\n');
      const spans = splitPassages(text, 'en');
      await savePage(library, `ingest-${first}`, title, text, spans);
    }
  });
  const minisearch = await timed(async () => {
    const index = new MiniSearch({ fields: ['title', 'text'], idField: 'id' });
    index.addAll(texts.map(({ title, text }, id) => ({ id, title, text })));
    await (await openPeers()).put('stored', JSON.stringify(index), 'ingest');
  });
  const oramaTime = await timed(async () => {
    const index = orama.create({ schema: oramaSchema });
    for (const { title, text } of texts) orama.insert(index, { title, text });
    await (await openPeers()).put('stored', JSON.stringify(orama.save(index)), 'ingest');
  });
  return { ours: perSecond(ours), minisearch: perSecond(minisearch), orama: perSecond(oramaTime) };
}
