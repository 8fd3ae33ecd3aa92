import { type Problem, problemOf } from '../../core/problem';
import { embeddingModelOfKey } from '../../models/openai-embedding-model';
import type { EmbeddingModelName, EmbeddingProgress, EmbeddingStatus } from '../../protocol/worker-requests';
import type { EmbeddingRun, Library } from '../../storage/schema';
import { listKeptVectors, readIndexModel, readVectorModels, vectorBytes } from '../../storage/vectors/vector-models';

export interface StatusTools {
  readonly library: Library;
  /** The key of the model that is set, if one is. */
  readonly chosenKey: string | undefined;
  /** Opens the model that a key stands for; rejects when its server may not be asked. */
  readonly openModel: (modelKey: string) => Promise<unknown>;
  /** Why the last question could not be embedded by this model, if the worker remembers. */
  readonly questionProblem: (modelKey: string) => Promise<Problem | undefined>;
}

/** Where search by meaning stands: which model answers questions, which is to, how far that is, and what vectors are kept. */
export async function embeddingStatus({ library, chosenKey, openModel, questionProblem }: StatusTools): Promise<EmbeddingStatus> {
  const [{ run, unwanted }, indexKey, allKept, totalPages] = await Promise.all([
    readVectorModels(library),
    readIndexModel(library),
    listKeptVectors(library),
    library.count('pages'),
  ]);
  const indexProblem =
    indexKey && chosenKey ? ((await problemOfOpening(() => openModel(indexKey))) ?? (await questionProblem(indexKey))) : undefined;
  const pagesOf = (modelKey: string) => allKept.find((kept) => kept.modelKey === modelKey)?.pages ?? 0;
  const kept = allKept.filter(({ modelKey }) => !unwanted.includes(modelKey));
  return {
    totalPages,
    ...(chosenKey ? { chosen: nameOf(chosenKey) } : {}),
    ...(indexKey ? { index: { ...nameOf(indexKey), ...(indexProblem ? { problem: indexProblem } : {}) } } : {}),
    ...(run ? { run: progressOf(run, chosenKey, pagesOf(run.modelKey), totalPages) } : {}),
    kept: await Promise.all(
      kept.map(async ({ modelKey, pages }) => ({ ...nameOf(modelKey), pages, bytes: await vectorBytes(library, modelKey) })),
    ),
  };
}

function nameOf(key: string): EmbeddingModelName {
  const { baseUrl, name } = embeddingModelOfKey(key);
  return { key, name, baseUrl };
}

function progressOf(run: EmbeddingRun, chosenKey: string | undefined, pagesDone: number, totalPages: number): EmbeddingProgress {
  const { modelKey, isPaused, problem, notBefore, tokensSent } = run;
  return {
    ...nameOf(modelKey),
    state: modelKey !== chosenKey ? 'not-chosen' : isPaused ? 'paused' : problem ? 'stopped' : 'running',
    pagesDone,
    totalPages,
    tokensSent,
    ...(problem ? { problem } : {}),
    ...(problem && Number.isFinite(notBefore) ? { retryAt: notBefore } : {}),
  };
}

async function problemOfOpening(open: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await open();
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
