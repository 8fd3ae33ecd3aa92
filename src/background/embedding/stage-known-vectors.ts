import { ownTitleOf } from '../../core/pages/page-titles';
import { batchTexts } from '../../core/vectors/batch-texts';
import { embeddingText } from '../../core/vectors/embedding-text';
import type { PassageVector } from '../../core/vectors/quantize-vector';
import { readStagedVectors, stageVectors } from '../../storage/pages/jobs';
import { readPage, readPassages } from '../../storage/pages/pages';
import type { Job, Library, StoredPage } from '../../storage/schema';
import { readPageVectors } from '../../storage/vectors/read-page-vectors';

/**
 * Puts the vectors that a page's current version has beside its new version's job, for each passage of which the same words were embedded: only the
 * others are then asked for, and whenever that may be, for the page's index of today may be gone by then.
 * @param texts what is embedded of the new version's passages
 */
export async function stageKnownVectors(
  library: Library,
  job: Job,
  contentHash: string,
  saved: StoredPage,
  texts: readonly string[],
): Promise<void> {
  const modelKey = saved.embeddedWith?.at(-1);
  if (modelKey === undefined) return;
  const [{ version }, passages, vectors] = await Promise.all([
    readPage(library, saved.id),
    readPassages(library, saved.id),
    readPageVectors(library, saved.id, modelKey),
  ]);
  const known = new Map<string, PassageVector>();
  passages.forEach((passage, index) => {
    const vector = vectors[index];
    if (vector) known.set(embeddingText(version.text, ownTitleOf(saved), passage), vector);
  });
  for (const { first, texts: batch } of batchTexts(texts)) {
    const ofBatch = batch.map((_, index) => known.get(texts[first + index] ?? ''));
    if (ofBatch.every((vector) => vector === undefined)) continue;
    const staged = await readStagedVectors(library, job.id, first);
    if (staged?.modelKey === modelKey && staged.contentHash === contentHash) continue;
    await stageVectors(library, job, first, { modelKey, contentHash, vectors: ofBatch }, 0);
  }
}
