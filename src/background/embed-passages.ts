import { batchTexts } from '../core/batch-texts';
import type { JobId } from '../core/job';
import { ProblemError } from '../core/problem';
import type { EmbeddingModel } from '../models/embedding-model';
import type { PageVectors } from '../storage/index-page';
import { dropStagedVectors, readStagedVectors, stageVectors } from '../storage/jobs';
import type { Library } from '../storage/schema';

/**
 * Embeds the passages of one page, batch by batch. Each batch is stored as soon as it is paid for, so a job that is begun again
 * asks only for what is missing.
 * @param contentHash of the text the passages are from
 * @param report is told the share done, from 0 to 1
 * @returns `undefined` when the job was removed in the meantime
 * @throws ProblemError any `model-…`
 */
export async function embedPassages(
  library: Library,
  jobId: JobId,
  contentHash: string,
  texts: readonly string[],
  model: EmbeddingModel,
  report: (shareDone: number) => void,
): Promise<PageVectors | undefined> {
  const vectors: Float32Array[] = [];
  for (const batch of batchTexts(texts)) {
    const staged = await readStagedVectors(library, jobId, batch.first);
    if (staged?.modelKey === model.key && staged.contentHash === contentHash && staged.vectors.length === batch.texts.length) {
      vectors.push(...staged.vectors);
    } else {
      const embedded = await model.embed(batch.texts);
      if (!(await stageVectors(library, jobId, batch.first, { modelKey: model.key, contentHash, vectors: embedded }))) return undefined;
      vectors.push(...embedded);
    }
    report(vectors.length / texts.length);
  }
  if (vectors.some((vector) => vector.length !== vectors[0]?.length)) {
    // The server has another model under the same name since the first batch: what it gave before is of no use.
    await dropStagedVectors(library, jobId);
    throw new ProblemError({ code: 'model-malformed', detail: 'Vectors of different lengths' });
  }
  return { modelKey: model.key, vectors };
}
