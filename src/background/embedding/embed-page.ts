import type { JobId } from '../../core/pages/job';
import { ownTitleOf } from '../../core/pages/page-titles';
import { ProblemError } from '../../core/problem';
import { embeddingText } from '../../core/vectors/embedding-text';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { PageWithText } from '../../protocol/worker-requests';
import { commitVectors } from '../../storage/pages/index-page';
import { readPassages } from '../../storage/pages/pages';
import type { Library, WriteTransaction } from '../../storage/schema';
import { embedPassages } from './embed-passages';

/**
 * Gives a page that is searchable already its vectors of a model, beside those of another that it may have.
 * @param ownerId the job or the run that it is done for
 * @param finish belongs to the transaction that stores them; if it gives false, they are not wanted any more
 * @throws ProblemError any `model-…`; `internal` when passages of the page are missing
 */
export async function embedPage(
  { page, version }: PageWithText,
  ownerId: JobId,
  model: EmbeddingModel,
  library: Library,
  report: (shareDone: number) => void,
  finish: (transaction: WriteTransaction) => Promise<boolean>,
): Promise<void> {
  const passages = await readPassages(library, page.id);
  if (passages.length !== page.passageCount && (await library.get('pages', page.id))?.version === page.version) {
    // Nothing could be stored of what was paid for.
    throw new ProblemError({ code: 'internal', detail: `${passages.length} of ${page.passageCount} passages` });
  }
  const texts = passages.map((passage) => embeddingText(version.text, ownTitleOf(page), passage));
  const vectors = await embedPassages(library, { id: ownerId, pageId: page.id }, version.contentHash, texts, model, report);
  if (vectors) await commitVectors(library, page.id, version.version, vectors, finish);
}
