import * as orama from '@orama/orama';
import { openDB } from 'idb';
import MiniSearch from 'minisearch';
import { NearestPassages } from '../bench/nearest-passages';
import type { SyntheticLibrary, SyntheticPage, SyntheticQuestion } from '../bench/synthetic-library';

/** What others do: an index in memory, stored whole and loaded whole. Each gives the ids of the ten best passages, counted from 0. */
export interface PeerIndex {
  search(question: SyntheticQuestion): Promise<readonly unknown[]> | readonly unknown[];
}

export interface Peer {
  /** Indexes the passages and stores the index. */
  build(library: SyntheticLibrary, passages: number): Promise<void>;
  load(passages: number): Promise<PeerIndex>;
}

export type PeerName = 'minisearch' | 'orama' | 'exactScan';

const limit = 10;
/** Vectors in one record: 25 MB at 1,536 dimensions. */
const slabSize = 4_096;
const fields = { fields: ['title', 'text'], idField: 'id' };
const schema = { title: 'string', text: 'string' } as const;

const openStored = () => openDB('peers', 1, { upgrade: (database) => void database.createObjectStore('stored') });

async function put(key: string, value: string | Float32Array | orama.RawData): Promise<void> {
  const database = await openStored();
  await database.put('stored', value, key);
  database.close();
}

async function get(key: string): Promise<unknown> {
  const database = await openStored();
  const value: unknown = await database.get('stored', key);
  database.close();
  return value;
}

export const peers: Readonly<Record<PeerName, Peer>> = {
  minisearch: {
    async build(library, passages) {
      const index = new MiniSearch(fields);
      for (const document of documentsOf(library.pages(passages))) index.add(document);
      await put('minisearch', JSON.stringify(index));
    },
    async load() {
      const index = MiniSearch.loadJSON((await get('minisearch')) as string, fields);
      return { search: ({ text }) => index.search(text).slice(0, limit) };
    },
  },
  orama: {
    async build(library, passages) {
      const index = orama.create({ schema });
      for (const { id, ...document } of documentsOf(library.pages(passages))) await orama.insert(index, { id: String(id), ...document });
      // As an object: as one string it is longer, at 100,000 passages, than strings may be.
      await put('orama', orama.save(index));
    },
    async load() {
      const index = orama.create({ schema });
      orama.load(index, (await get('orama')) as orama.RawData);
      return { search: async ({ text }) => (await orama.search(index, { term: text, limit })).hits };
    },
  },
  exactScan: {
    async build(library, passages) {
      const { dimensions } = library;
      let slab = new Float32Array(Math.min(slabSize, passages) * dimensions);
      let index = 0;
      for (const { vectors } of library.pages(passages)) {
        for (const vector of vectors) {
          const place = index % slabSize;
          slab.set(vector, place * dimensions);
          index += 1;
          if (place < slabSize - 1 && index < passages) continue;
          await put(`scan-${Math.floor((index - 1) / slabSize)}`, slab.subarray(0, (place + 1) * dimensions).slice());
          slab = new Float32Array(slab.length);
        }
      }
    },
    async load(passages) {
      const numbers = Array.from({ length: Math.ceil(passages / slabSize) }, (_, number) => number);
      const slabs = (await Promise.all(numbers.map((number) => get(`scan-${number}`)))) as Float32Array[];
      return {
        search: ({ vector }) => {
          const nearest = new NearestPassages(vector, limit);
          for (const [number, slab] of slabs.entries()) nearest.compare(slab, number * slabSize);
          return nearest.ids();
        },
      };
    },
  },
};

/** The passages of pages as documents of their own, which is how these are used. */
export function* documentsOf(pages: Iterable<SyntheticPage>): Generator<{ id: number; title: string; text: string }> {
  let id = 0;
  for (const { title, markdown, spans } of pages) {
    for (const { start, end } of spans) yield { id: id++, title, text: markdown.slice(start, end) };
  }
}
