import type { JobId } from '../../core/pages/job';
import type { PageId } from '../../core/pages/page';
import { batchesOf, removeJobWithin } from '../pages/jobs';
import type { EmbeddingRun, Library, StoredPage, WriteTransaction } from '../schema';
import { changeVectorModels } from './vector-models';

/**
 * Begins to give every page vectors of a model, or goes on with it. A run for another model is given up, and what it had fetched is deleted unless
 * questions are answered from it.
 */
export async function startRun(library: Library, modelKey: string, id: JobId): Promise<void> {
  const transaction = library.transaction(['vectorModels', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  await changeVectorModels(transaction as unknown as WriteTransaction, (models) => {
    const { run, indexModel, unwanted } = models;
    if (run?.modelKey === modelKey) return { ...models, run: resumed(run) };
    if (run) void transaction.objectStore('stagedVectors').delete(batchesOf(run.id));
    const begun: EmbeddingRun = { id, modelKey, isPaused: false, tokensSent: 0, attempts: 0, notBefore: 0 };
    const givenUp = run && run.modelKey !== indexModel ? [run.modelKey] : [];
    return { ...models, run: begun, unwanted: [...new Set([...unwanted, ...givenUp])] };
  });
  await transaction.done;
}

/** Gives the run up. The vectors it has fetched are deleted unless questions are answered from them: half a set is of no use. */
export async function cancelRun(library: Library): Promise<void> {
  const transaction = library.transaction(['vectorModels', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  await changeVectorModels(transaction as unknown as WriteTransaction, ({ run, ...models }) => {
    if (!run) return models;
    void transaction.objectStore('stagedVectors').delete(batchesOf(run.id));
    return run.modelKey === models.indexModel ? models : { ...models, unwanted: [...new Set([...models.unwanted, run.modelKey])] };
  });
  await transaction.done;
}

/** Changes the run, unless another has taken its place. */
export async function changeRun(library: Library, id: JobId, change: (run: EmbeddingRun) => EmbeddingRun): Promise<void> {
  const transaction = library.transaction('vectorModels', 'readwrite');
  await changeVectorModels(transaction as unknown as WriteTransaction, (models) =>
    models.run?.id === id ? { ...models, run: change(models.run) } : models,
  );
  await transaction.done;
}

/** The run as it is when nothing keeps it from going on. */
export function resumed({ problem: _, ...run }: EmbeddingRun): EmbeddingRun {
  return { ...run, isPaused: false, attempts: 0, notBefore: 0 };
}

/** Goes past a page, as part of the transaction that stores its vectors. @returns false when the run was given up */
export async function passPage(transaction: WriteTransaction, id: JobId, pageId: PageId): Promise<boolean> {
  const { run } = await changeVectorModels(transaction, (models) => {
    if (models.run?.id !== id) return models;
    const { problem: _, ...run } = models.run;
    return { ...models, run: { ...run, lastPageId: pageId, attempts: 0, notBefore: 0 } };
  });
  if (run?.id !== id) return false;
  void transaction.objectStore('stagedVectors').delete(batchesOf(id));
  // What had waited to fetch the same vectors is done too.
  for (const job of await transaction.objectStore('jobs').index('byPage').getAll(pageId)) {
    if (job.kind === 'embed') removeJobWithin(transaction, job.id);
  }
  return true;
}

/** Goes past a page that is not there, or whose text is not. */
export async function passUnreadablePage(library: Library, id: JobId, pageId: PageId): Promise<void> {
  const transaction = library.transaction(['vectorModels', 'stagedVectors', 'jobs', 'captures'], 'readwrite');
  await passPage(transaction as unknown as WriteTransaction, id, pageId);
  await transaction.done;
}

/** The next page, after the last that was looked at, without vectors of the run's model. */
export async function nextPageOf(library: Library, { modelKey, lastPageId }: EmbeddingRun): Promise<StoredPage | undefined> {
  const rest = lastPageId === undefined ? null : IDBKeyRange.lowerBound(lastPageId, true);
  for (let cursor = await library.transaction('pages').store.openCursor(rest); cursor; cursor = await cursor.continue()) {
    if (!cursor.value.embeddedWith?.includes(modelKey)) return cursor.value;
  }
  return undefined;
}

/**
 * The end of a run: when every page has vectors of its model, that model answers questions from now on, and the vectors of all others are to be deleted. If
 * pages have come meanwhile that lack them, it looks at all once more; pages that are damaged and were passed twice for nothing do not hold it up.
 * @returns whether it has ended
 */
export async function finishRun(library: Library, id: JobId): Promise<boolean> {
  const transaction = library.transaction(['vectorModels', 'pages', 'stagedVectors'], 'readwrite', { durability: 'strict' });
  const byModel = transaction.objectStore('pages').index('byModel');
  const kept: string[] = [];
  for (let cursor = await byModel.openKeyCursor(null, 'nextunique'); cursor; cursor = await cursor.continue()) kept.push(cursor.key);
  const models = await transaction.objectStore('vectorModels').get('library');
  const modelKey = models?.run?.id === id ? models.run.modelKey : undefined;
  const pagesDone = modelKey === undefined ? 0 : await byModel.count(IDBKeyRange.only(modelKey));
  const isOver =
    modelKey !== undefined &&
    (pagesDone === models?.run?.pagesDoneBefore || pagesDone === (await transaction.objectStore('pages').count()));
  await changeVectorModels(transaction as unknown as WriteTransaction, ({ run, ...rest }) => {
    if (run?.id !== id) return run ? { ...rest, run } : rest;
    const { lastPageId: _, ...again } = run;
    if (!isOver) return { ...rest, run: { ...again, attempts: 0, notBefore: 0, pagesDoneBefore: pagesDone } };
    const others = kept.filter((key) => key !== run.modelKey);
    const trust = rest.trust?.modelKey === run.modelKey ? { trust: rest.trust } : {};
    return { ...trust, indexModel: run.modelKey, unwanted: [...new Set([...rest.unwanted, ...others])] };
  });
  if (isOver) void transaction.objectStore('stagedVectors').delete(batchesOf(id));
  await transaction.done;
  return isOver;
}
