import { batchesOf } from '../pages/jobs';
import { type Library, noVectorModels, type VectorModels, vectorStores, type WriteTransaction } from '../schema';
import { readIndex } from './stored-index';

/** Which models' vectors are kept, and what for. */
export async function readVectorModels(library: Library): Promise<VectorModels> {
  return (await library.get('vectorModels', 'library')) ?? noVectorModels;
}

/** The model whose vectors answer questions; `undefined` while no page has any. */
export async function readIndexModel(library: Library): Promise<string | undefined> {
  const { indexModel } = await readVectorModels(library);
  return indexModel !== undefined && (await library.getKeyFromIndex('pages', 'byModel', indexModel)) ? indexModel : undefined;
}

/** Changes the record, as part of a larger transaction. @returns what it is now */
export async function changeVectorModels(
  transaction: WriteTransaction,
  change: (models: VectorModels) => VectorModels,
): Promise<VectorModels> {
  const store = transaction.objectStore('vectorModels');
  const changed = change((await store.get('library')) ?? noVectorModels);
  await store.put(changed, 'library');
  return changed;
}

/** The first vectors of a library decide which model answers questions. Called within the transaction that adds vectors of a model. */
export async function claimIndex(transaction: WriteTransaction, modelKey: string): Promise<void> {
  const { indexModel } = (await transaction.objectStore('vectorModels').get('library')) ?? noVectorModels;
  if (indexModel === modelKey) return;
  if (indexModel !== undefined && (await transaction.objectStore('pages').index('byModel').getKey(indexModel))) return;
  await changeVectorModels(transaction, (models) => ({ ...models, indexModel: modelKey }));
}

/** Has questions answered from the vectors of a model, if any page has them; with what was learned of them elsewhere. */
export async function chooseIndexModel(library: Library, modelKey: string, trust: VectorModels['trust']): Promise<void> {
  const transaction = library.transaction(['vectorModels', 'pages'], 'readwrite', { durability: 'strict' });
  const isThere = (await transaction.objectStore('pages').index('byModel').getKey(modelKey)) !== undefined;
  if (isThere) {
    await changeVectorModels(transaction as unknown as WriteTransaction, (models) => ({
      ...models,
      indexModel: modelKey,
      ...(trust?.modelKey === modelKey ? { trust } : {}),
    }));
  }
  await transaction.done;
}

export interface KeptVectors {
  readonly modelKey: string;
  readonly pages: number;
}

/** The models that some pages have vectors of. */
export async function listKeptVectors(library: Library): Promise<KeptVectors[]> {
  const index = library.transaction('pages').store.index('byModel');
  const kept: KeptVectors[] = [];
  for (let cursor = await index.openKeyCursor(null, 'nextunique'); cursor; cursor = await cursor.continue()) {
    kept.push({ modelKey: cursor.key, pages: await index.count(cursor.key) });
  }
  return kept;
}

/** Pages whose vectors of a model are given up in one transaction. */
const pagesAtOnce = 200;

/** Says of up to 200 pages that they no longer have vectors of this model. @returns whether there were any */
export async function unmarkPages(library: Library, modelKey: string): Promise<boolean> {
  const transaction = library.transaction(['pages', 'indexedPages'], 'readwrite');
  const pages = await transaction.objectStore('pages').index('byModel').getAll(modelKey, pagesAtOnce);
  for (const { embeddedWith = [], ...page } of pages) {
    const others = embeddedWith.filter((key) => key !== modelKey);
    void transaction.objectStore('pages').put(others.length > 0 ? { ...page, embeddedWith: others } : page);
    const indexed = await transaction.objectStore('indexedPages').get(page.id);
    if (!indexed) continue;
    const vectorBlocks = indexed.vectorBlocks.filter((place) => place.modelKey !== modelKey);
    void transaction.objectStore('indexedPages').put({ ...indexed, vectorBlocks });
  }
  await transaction.done;
  return pages.length > 0;
}

/** Has the vectors of a model deleted, in time, whatever they are used for. */
export async function discardModel(library: Library, modelKey: string): Promise<void> {
  const transaction = library.transaction(['vectorModels', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  await changeVectorModels(transaction as unknown as WriteTransaction, ({ indexModel, run, trust, unwanted }) => {
    const isRunGivenUp = run?.modelKey === modelKey;
    if (isRunGivenUp) void transaction.objectStore('stagedVectors').delete(batchesOf(run.id));
    return {
      ...(indexModel !== undefined && indexModel !== modelKey ? { indexModel } : {}),
      ...(run && !isRunGivenUp ? { run } : {}),
      ...(trust && trust.modelKey !== modelKey ? { trust } : {}),
      unwanted: [...new Set([...unwanted, modelKey])],
    };
  });
  await transaction.done;
}

/** Says that nothing of a model is left to delete. */
export async function forgetModel(library: Library, modelKey: string): Promise<void> {
  const transaction = library.transaction('vectorModels', 'readwrite', { durability: 'strict' });
  await changeVectorModels(transaction as unknown as WriteTransaction, (models) => ({
    ...models,
    unwanted: models.unwanted.filter((key) => key !== modelKey),
  }));
  await transaction.done;
}

/** About how many bytes the vectors of a model take: codes of a byte for each dimension, signs of an eighth of one, and what goes with each vector. */
export async function vectorBytes(library: Library, modelKey: string): Promise<number> {
  const index = await readIndex(library.transaction(vectorStores), modelKey);
  return (index?.slabs ?? []).reduce((sum, { dimensions, alive }) => sum + alive * (bytesBesides + dimensions * 1.125), 0);
}

/** Ids and factors, of codes and of signs. */
const bytesBesides = 20;
