import type { Page as Tab } from 'playwright-core';
import type { IndexedPage, PackedVectors, PassageRun } from '../../../src/storage/schema';
import { databaseName } from '../../../src/storage/schema';
import { openBlock } from '../../../src/storage/vectors/vector-records';

/** Each store's records with their keys, as `JSON.stringify` writes them; bytes are in hexadecimal under `bytes`. */
type Stores = Readonly<Record<string, readonly (readonly [key: unknown, value: unknown])[]>>;

/**
 * Everything in the library that a backup must bring back, by store, in one form whatever the ids of passages and whatever the order it was stored in.
 * @param tab shows a file of the extension
 */
export async function storesOnDisk(tab: Tab): Promise<Record<string, unknown>> {
  const stores = await readStores(tab);
  const values = (store: string) => (stores[store] ?? []).map(([, value]) => value);
  const indexed = values('indexedPages') as IndexedPage[];
  const placeOf = (passageId: number) => {
    const page = indexed.find(
      ({ firstPassageId, passageCount }) => passageId >= firstPassageId && passageId < firstPassageId + passageCount,
    );
    return page && `${page.pageId} ${passageId - page.firstPassageId}`;
  };
  const vectors: Record<string, string> = {};
  for (const [key, value] of stores.vectorBlocks ?? []) {
    const block = openBlock(packedVectors(value as WrittenVectors));
    if (!block) throw new Error(`A block of vectors is damaged: ${JSON.stringify(key)}`);
    block.passageIds.forEach((passageId, place) => {
      const codes = block.codes.slice(place * block.dimensions, (place + 1) * block.dimensions);
      if (passageId !== 0)
        vectors[`${(key as string[])[0]} ${placeOf(passageId)}`] = `${block.factors[place]} ${Buffer.from(codes).toString('hex')}`;
    });
  }
  return {
    pages: inOrder(values('pages')),
    versions: inOrder(values('versions')),
    passages: inOrder((values('passageRuns') as PassageRun[]).map(({ firstId: _, ...run }) => run)),
    indexedPages: inOrder(
      indexed.map(({ pageId, passageCount, totalLength, language }) => ({ pageId, passageCount, totalLength, language })),
    ),
    vectors: inOrder(Object.entries(vectors)),
    vectorModels: inOrder(values('vectorModels')),
    conversations: inOrder(values('conversations')),
    messages: inOrder(values('messages')),
    jobs: values('jobs').length,
  };
}

interface WrittenVectors {
  readonly dimensions: number;
  readonly count: number;
  readonly bytes: { readonly bytes: string };
  readonly checksum: number;
}

function packedVectors({ bytes, ...rest }: WrittenVectors): PackedVectors {
  return { ...rest, bytes: new Uint8Array(new Uint8Array(Buffer.from(bytes.bytes, 'hex')).buffer) };
}

/** Canonical lines, sorted: two stores are alike when these are. */
function inOrder(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(canonical(value))).sort();
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, canonical(part)]),
  );
}

async function readStores(tab: Tab): Promise<Stores> {
  const json = await tab.evaluate(async (name) => {
    const finished = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await finished(indexedDB.open(name));
    const names = [...database.objectStoreNames];
    const transaction = database.transaction(names);
    const stores = await Promise.all(
      names.map(async (store) => {
        const source = transaction.objectStore(store);
        const [keys, values] = await Promise.all([finished(source.getAllKeys()), finished(source.getAll())]);
        return [store, keys.map((key, index) => [key, values[index]])];
      }),
    );
    database.close();
    const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return JSON.stringify(Object.fromEntries(stores), (_, value: unknown) =>
      ArrayBuffer.isView(value) ? { bytes: hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) } : value,
    );
  }, databaseName);
  return JSON.parse(json) as Stores;
}
