import { problemOf, undefinedIfNotFound } from '../core/problem';
import { changeRun, finishRun, nextPageOf, passPage } from '../storage/embedding-run';
import { readPage } from '../storage/pages';
import type { EmbeddingRun, Job } from '../storage/schema';
import { readVectorModels } from '../storage/vector-models';
import { embedPage } from './embed-page';
import type { IngestTools } from './ingest-page';
import { notBeforeIfInterrupted } from './restart-delay';

export interface RunTools extends Pick<IngestTools, 'library' | 'embeddingModel' | 'now' | 'retryAt'> {
  /** Called before the work, of which the worker may not live to see the end. */
  readonly begin: () => void;
  /** The run is further, has ended, or met a problem. */
  readonly embeddingChanged: () => void;
}

/**
 * Does the next page of the run that gives every page vectors of one model, if there is one to be done now. May be begun again at any time: a page's
 * vectors and the run's going past it are one transaction, and what was paid for before is staged. A run whose model is not the chosen one rests.
 * @returns when there is more to do, in milliseconds since 1970; `undefined` when there is nothing, or it waits for the person
 */
export async function embedNextPage(tools: RunTools): Promise<number | undefined> {
  const { library, now, retryAt } = tools;
  const { run } = await readVectorModels(library);
  if (!run || run.isPaused) return undefined;
  if (run.notBefore > now()) return Number.isFinite(run.notBefore) ? run.notBefore : undefined;
  tools.begin();
  const attempts = run.attempts + 1;
  await changeRun(library, run.id, (current) => ({ ...current, attempts, notBefore: notBeforeIfInterrupted(attempts, retryAt) }));
  try {
    const isAtWork = await goOn(run, tools);
    if (!isAtWork) await changeRun(library, run.id, (current) => ({ ...current, attempts: run.attempts, notBefore: run.notBefore }));
    return isAtWork ? now() : undefined;
  } catch (error) {
    const problem = problemOf(error);
    const notBefore = retryAt(problem, attempts);
    await changeRun(library, run.id, (current) => ({ ...current, problem, notBefore }));
    return Number.isFinite(notBefore) ? notBefore : undefined;
  } finally {
    tools.embeddingChanged();
  }
}

/** @returns whether anything could be done */
async function goOn(run: EmbeddingRun, { library, embeddingModel }: RunTools): Promise<boolean> {
  const model = await embeddingModel();
  if (model?.key !== run.modelKey) return false;
  const page = await nextPageOf(library, run);
  const found = page && (await readPage(library, page.id).catch(undefinedIfNotFound));
  if (!page) await finishRun(library, run.id);
  if (!found) return true;
  const waiting = (await library.getAllFromIndex('jobs', 'byPage', found.page.id)).find((job: Job) => job.kind === 'embed');
  await embedPage(
    found,
    // What a job has paid for of this page already is not paid for again.
    waiting?.id ?? run.id,
    model,
    library,
    () => {},
    (transaction) => passPage(transaction, run.id, found.page.id),
  );
  return true;
}
