import { embeddingText } from '../core/embedding-text';
import { undefinedIfNotFound } from '../core/problem';
import { commitVectors } from '../storage/index-page';
import { removeJob, removeJobWithin } from '../storage/jobs';
import { readPage, readPassages } from '../storage/pages';
import type { Job } from '../storage/schema';
import { embedPassages } from './embed-passages';
import type { IngestTools } from './ingest-page';

/** Gives a page that is searchable by words its vectors. @throws ProblemError any `model-…` */
export async function embedPage(job: Job, { library, embeddingModel, report }: IngestTools): Promise<void> {
  const model = await embeddingModel();
  const found = await readPage(library, job.pageId).catch(undefinedIfNotFound);
  if (!model || !found || found.page.embeddedWith === model.key) return removeJob(library, job.id);
  report(job);
  const { page, version } = found;
  const passages = await readPassages(library, page.id);
  const texts = passages.map((passage) => embeddingText(version.text, page.title, passage));
  const vectors = await embedPassages(library, job.id, version.contentHash, texts, model, (share) => report(job, share));
  if (!vectors) return;
  await commitVectors(library, page.id, version.version, vectors, async (transaction) => removeJobWithin(transaction, job.id));
  report({ ...job, step: 'done' });
}
