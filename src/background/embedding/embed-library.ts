import { isCutOff, problemOf, undefinedIfNotFound } from '../../core/problem';
import type { EmbeddingModel } from '../../models/embedding-model';
import { readPage } from '../../storage/pages/pages';
import type { EmbeddingRun, Job, Library } from '../../storage/schema';
import { changeRun, finishRun, nextPageOf, passPage, passUnreadablePage } from '../../storage/vectors/embedding-run';
import { readVectorModels } from '../../storage/vectors/vector-models';
import type { IngestTools } from '../ingest/ingest-page';
import { notBeforeIfInterrupted } from '../ingest/restart-delay';
import { embedPage } from './embed-page';

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
  const { library, embeddingModel, now, retryAt } = tools;
  const { run } = await readVectorModels(library);
  if (!run || run.isPaused) return undefined;
  if (run.notBefore > now()) return Number.isFinite(run.notBefore) ? run.notBefore : undefined;
  const attempts = run.attempts + 1;
  try {
    const model = await embeddingModel();
    // Nothing is written, nor is anybody told: a resting run is looked at each time there is anything else to do.
    if (model?.key !== run.modelKey) return undefined;
    tools.begin();
    await changeRun(library, run.id, (current) => ({ ...current, attempts, notBefore: notBeforeIfInterrupted(attempts, retryAt) }));
    await goOn(run, model, library);
    tools.embeddingChanged();
    return now();
  } catch (error) {
    if (isCutOff(error)) throw error;
    const problem = problemOf(error);
    const notBefore = retryAt(problem, attempts);
    await changeRun(library, run.id, (current) => ({ ...current, attempts, problem, notBefore }));
    tools.embeddingChanged();
    return Number.isFinite(notBefore) ? notBefore : undefined;
  }
}

async function goOn(run: EmbeddingRun, model: EmbeddingModel, library: Library): Promise<void> {
  const page = await nextPageOf(library, run);
  if (!page) {
    await finishRun(library, run.id);
    return;
  }
  const found = await readPage(library, page.id).catch(undefinedIfNotFound);
  if (!found) return passUnreadablePage(library, run.id, page.id);
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
}
