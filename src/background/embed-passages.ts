import { batchTexts } from '../core/batch-texts';
import { estimateTokens } from '../core/estimate-tokens';
import type { JobId } from '../core/job';
import type { PageId } from '../core/page';
import { ProblemError } from '../core/problem';
import type { EmbeddingModel } from '../models/embedding-model';
import type { PageVectors } from '../storage/index-page';
import { dropStagedVectors, readStagedVectors, stageVectors } from '../storage/jobs';
import type { Library } from '../storage/schema';

/**
 * Embeds the passages of one page, batch by batch. Each batch is stored as soon as it is paid for, so work that is begun again
 * asks only for what is missing.
 * @param owner what the batches are stored for: the id of a job or of a run, and the page
 * @param contentHash of the text the passages are from
 * @param report is told the share done, from 0 to 1
 * @returns `undefined` when it is not to go on: the owner was removed in the meantime, or rests
 * @throws ProblemError any `model-…`
 */
export async function embedPassages(
  library: Library,
  owner: { readonly id: JobId; readonly pageId: PageId },
  contentHash: string,
  texts: readonly string[],
  model: EmbeddingModel,
  report: (shareDone: number) => void,
): Promise<PageVectors | undefined> {
  const vectors: Float32Array[] = [];
  for (const batch of batchTexts(texts)) {
    const staged = await readStagedVectors(library, owner.id, batch.first);
    if (staged?.modelKey === model.key && staged.contentHash === contentHash && staged.vectors.length === batch.texts.length) {
      vectors.push(...staged.vectors);
    } else {
      let tokens: number | undefined;
      const embedded = await model.embed(batch.texts, undefined, (counted) => {
        tokens = counted;
      });
      tokens ??= batch.texts.reduce((sum, text) => sum + estimateTokens(text), 0);
      const paid = { modelKey: model.key, contentHash, vectors: embedded };
      if (!(await stageVectors(library, owner, batch.first, paid, tokens))) return undefined;
      vectors.push(...embedded);
    }
    report(vectors.length / texts.length);
  }
  if (vectors.some((vector) => vector.length !== vectors[0]?.length)) {
    // The server has another model under the same name since the first batch: what it gave before is of no use.
    await dropStagedVectors(library, owner.id);
    throw new ProblemError({ code: 'model-malformed', detail: 'Vectors of different lengths' });
  }
  return { modelKey: model.key, vectors };
}
