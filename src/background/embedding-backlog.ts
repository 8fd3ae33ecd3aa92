import { embeddingText } from '../core/embedding-text';
import type { JobId } from '../core/job';
import type { TokenCounter } from '../models/token-counter';
import type { EmbeddingBacklog } from '../protocol/worker-requests';
import { addJobs, listJobs } from '../storage/jobs';
import { listPages, readPage, readPassages } from '../storage/pages';
import type { Job, Library, StoredPage } from '../storage/schema';

async function pagesWithout(library: Library, modelKey: string): Promise<StoredPage[]> {
  const queued = new Set((await listJobs(library)).map((job) => job.pageId));
  return (await listPages(library)).filter((page) => page.embeddedWith !== modelKey && !queued.has(page.id));
}

/** Counts what giving vectors to all pages would send. Others get their turn between two pages, for a large library takes a while. */
export async function measureBacklog(library: Library, modelKey: string, counter: () => Promise<TokenCounter>): Promise<EmbeddingBacklog> {
  const pages = await pagesWithout(library, modelKey);
  if (pages.length === 0) return { pages: 0, passages: 0, tokens: 0 };
  const count = await counter();
  let passages = 0;
  let tokens = 0;
  for (const page of pages) {
    const { version } = await readPage(library, page.id);
    for (const passage of await readPassages(library, page.id)) {
      passages += 1;
      tokens += count(embeddingText(version.text, page.title, passage));
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { pages: pages.length, passages, tokens };
}

/** Queues the pages that have no vectors of this model. */
export async function queueBacklog(library: Library, modelKey: string, now: number, newId: () => string): Promise<void> {
  const pages = await pagesWithout(library, modelKey);
  await addJobs(
    library,
    pages.map(
      (page): Job => ({
        id: newId() as JobId,
        kind: 'embed',
        pageId: page.id,
        canonicalUrl: page.canonicalUrl,
        title: page.title,
        createdAt: now,
        step: 'embedding',
        attempts: 0,
        notBefore: 0,
      }),
    ),
  );
}
