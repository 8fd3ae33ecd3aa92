import { batchTexts } from '../core/batch-texts';
import type { JobId } from '../core/job';
import type { EmbeddingModel } from '../models/embedding-model';
import type { PageVectors } from '../storage/index-page';
import { readStagedVectors, stageVectors } from '../storage/jobs';
import type { Library } from '../storage/schema';

/**
 * Embeds the passages of one page, batch by batch. Each batch is stored as soon as it is paid for, so a job that is begun again
 * asks only for what is missing.
 * @param contentHash of the text the passages are from
 * @param report is told the share done, from 0 to 1
 * @throws ProblemError any `model-…`
 */
export async function embedPassages(
  library: Library,
  jobId: JobId,
  contentHash: string,
  texts: readonly string[],
  model: EmbeddingModel,
  report: (shareDone: number) => void,
): Promise<PageVectors> {
  const vectors: Float32Array[] = [];
  for (const batch of batchTexts(texts)) {
    const staged = await readStagedVectors(library, jobId, batch.first);
    if (staged?.modelKey === model.key && staged.contentHash === contentHash && staged.vectors.length === batch.texts.length) {
      vectors.push(...staged.vectors);
    } else {
      const embedded = await model.embed(batch.texts);
      await stageVectors(library, jobId, batch.first, { modelKey: model.key, contentHash, vectors: embedded });
      vectors.push(...embedded);
    }
    report(vectors.length / texts.length);
  }
  return { modelKey: model.key, vectors };
}
