import type { JobId } from '../../core/pages/job';
import type { PageId } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { batchTexts } from '../../core/vectors/batch-texts';
import { dimensionsOf, type PassageVector, quantized } from '../../core/vectors/quantize-vector';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { PageVectors } from '../../storage/pages/index-page';
import { dropStagedVectors, readStagedVectors, stageVectors } from '../../storage/pages/jobs';
import type { Library } from '../../storage/schema';

/**
 * Embeds the passages of one page, batch by batch. Each batch is stored as soon as it is paid for, so work that is begun again
 * asks only for what is missing, be it because a worker died or because passages are as they were in the version before.
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
  const vectors: PassageVector[] = [];
  for (const batch of batchTexts(texts)) {
    const staged = await readStagedVectors(library, owner.id, batch.first);
    const isOfUse = staged?.modelKey === model.key && staged.contentHash === contentHash && staged.vectors.length === batch.texts.length;
    const ofBatch = isOfUse ? [...staged.vectors] : batch.texts.map(() => undefined);
    const missing = ofBatch.flatMap((vector, index) => (vector ? [] : [index]));
    if (missing.length > 0) {
      const asked = missing.map((index) => batch.texts[index] ?? '');
      let tokens: number | undefined;
      const embedded = await model.embed(asked, undefined, (counted) => {
        tokens = counted;
      });
      tokens ??= asked.reduce((sum, text) => sum + estimateTokens(text), 0);
      // As they will be stored: numbers would be four times as many bytes, for most pages too many for the database's log.
      missing.forEach((index, place) => {
        const vector = embedded[place];
        ofBatch[index] = vector && quantized(vector);
      });
      if (!(await stageVectors(library, owner, batch.first, { modelKey: model.key, contentHash, vectors: ofBatch }, tokens)))
        return undefined;
    }
    vectors.push(...ofBatch.filter((vector) => vector !== undefined));
    report(vectors.length / texts.length);
  }
  if (vectors.some((vector) => dimensionsOf(vector) !== dimensionsOf(vectors[0] ?? vector))) {
    // The server has another model under the same name since the first batch: what it gave before is of no use.
    await dropStagedVectors(library, owner.id);
    throw new ProblemError({ code: 'model-malformed', detail: 'Vectors of different lengths' });
  }
  return { modelKey: model.key, vectors };
}
