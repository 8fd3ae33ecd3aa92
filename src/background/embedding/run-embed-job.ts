import { undefinedIfNotFound } from '../../core/problem';
import { removeJob, removeJobWithin } from '../../storage/pages/jobs';
import { readPage } from '../../storage/pages/pages';
import type { Job } from '../../storage/schema';
import type { IngestTools } from '../ingest/ingest-page';
import { embedPage } from './embed-page';

/** Fetches the vectors that a page could not be given when it was saved. @throws ProblemError any `model-…` */
export async function runEmbedJob(job: Job, { library, embeddingModel, report }: IngestTools): Promise<void> {
  const model = await embeddingModel();
  const found = await readPage(library, job.pageId).catch(undefinedIfNotFound);
  if (!model || !found || found.page.embeddedWith?.includes(model.key)) return removeJob(library, job.id);
  report(job);
  let isDone = false;
  await embedPage(
    found,
    job.id,
    model,
    library,
    (share) => report(job, share),
    async (transaction) => {
      removeJobWithin(transaction, job.id);
      isDone = true;
      return true;
    },
  );
  if (isDone) report({ ...job, step: 'done' });
}
