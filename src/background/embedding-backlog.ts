import { embeddingCost } from '../core/embedding-cost';
import { embeddingText } from '../core/embedding-text';
import { undefinedIfNotFound } from '../core/problem';
import { embeddingModelOfKey } from '../models/openai-embedding-model';
import type { TokenCounter } from '../models/token-counter';
import type { EmbeddingBacklog } from '../protocol/worker-requests';
import { listJobs } from '../storage/jobs';
import { listPages, readPage, readPassages } from '../storage/pages';
import type { Library, StoredPage } from '../storage/schema';

/** Those of a job are sent without being asked for again, unless it waits for the person. */
async function pagesWithout(library: Library, modelKey: string): Promise<StoredPage[]> {
  const queued = new Set((await listJobs(library)).filter((job) => Number.isFinite(job.notBefore)).map((job) => job.pageId));
  return (await listPages(library)).filter((page) => !page.embeddedWith?.includes(modelKey) && !queued.has(page.id));
}

/** Counts what giving vectors of a model to all pages would send. Others get their turn between two pages, for a large library takes a while. */
export async function measureBacklog(library: Library, modelKey: string, counter: () => Promise<TokenCounter>): Promise<EmbeddingBacklog> {
  const pages = await pagesWithout(library, modelKey);
  const count = pages.length > 0 ? await counter() : () => 0;
  let passages = 0;
  let tokens = 0;
  let readable = 0;
  for (const page of pages) {
    const found = await readPage(library, page.id).catch(undefinedIfNotFound);
    if (!found) continue;
    readable += 1;
    for (const passage of await readPassages(library, page.id)) {
      passages += 1;
      tokens += count(embeddingText(found.version.text, page.title, passage));
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const { baseUrl, name } = embeddingModelOfKey(modelKey);
  return { pages: readable, passages, tokens, cost: embeddingCost(baseUrl, name, tokens) };
}
