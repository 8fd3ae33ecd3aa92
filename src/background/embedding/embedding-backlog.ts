import { ownTitleOf } from '../../core/pages/page-titles';
import { undefinedIfNotFound } from '../../core/problem';
import { embeddingText } from '../../core/vectors/embedding-text';
import { embeddingModelOfKey } from '../../models/openai-embedding-model';
import type { TokenCounter } from '../../models/token-counter';
import type { EmbeddingBacklog } from '../../protocol/worker-requests';
import { listJobs } from '../../storage/pages/jobs';
import { listPages, readPage, readPassages } from '../../storage/pages/pages';
import type { Library, StoredPage } from '../../storage/schema';
import { type CountedPage, countedTokens, keepCountedTokens, readIndexedPages } from '../../storage/vectors/embedding-tokens';
import type { CostOfWork } from '../spending/cost-of-work';

/** Pages whose counts are kept in one transaction, and after which it is told how far it is: about a tenth of a second's work. */
const pagesPerReport = 25;

export interface BacklogOptions {
  readonly costOfWork: CostOfWork;
  /** Told how many of the pages are counted while some had to be read. */
  readonly report?: (pagesCounted: number, totalPages: number) => void;
  readonly signal?: AbortSignal;
}

/** Those of a job are sent without being asked for again, unless it waits for the person. */
async function pagesWithout(library: Library, modelKey: string): Promise<StoredPage[]> {
  const [all, embedded] = await Promise.all([library.count('pages'), library.countFromIndex('pages', 'byModel', modelKey)]);
  if (all === embedded) return [];
  const queued = new Set((await listJobs(library)).filter((job) => Number.isFinite(job.notBefore)).map((job) => job.pageId));
  return (await listPages(library)).filter((page) => !page.embeddedWith?.includes(modelKey) && !queued.has(page.id));
}

/**
 * Counts what giving vectors of a model to all pages would send. A page is read and counted once; then its count is kept with it. Others get their turn between
 * two pages, for a large library takes a while.
 * @throws the signal's reason when it is told to stop; what was counted by then is kept
 */
export async function measureBacklog(
  library: Library,
  modelKey: string,
  counter: () => Promise<TokenCounter>,
  { costOfWork, report, signal }: BacklogOptions,
): Promise<EmbeddingBacklog> {
  const pages = await pagesWithout(library, modelKey);
  const indexedPages = pages.length > 0 ? await readIndexedPages(library) : new Map();
  const backlog = { pages: 0, passages: 0, tokens: 0 };
  const add = (passages: number, tokens: number) => {
    backlog.pages += 1;
    backlog.passages += passages;
    backlog.tokens += tokens;
  };
  const uncounted: Omit<CountedPage, 'tokens'>[] = [];
  for (const page of pages) {
    const indexed = indexedPages.get(page.id);
    if (!indexed) continue;
    const tokens = countedTokens(page, indexed);
    if (tokens === undefined) uncounted.push({ page, indexed });
    else add(indexed.passageCount, tokens);
  }

  const alreadyCounted = pages.length - uncounted.length;
  const count = uncounted.length > 0 ? await counter() : () => 0;
  for (let from = 0; from < uncounted.length; from += pagesPerReport) {
    report?.(alreadyCounted + from, pages.length);
    const counted: CountedPage[] = [];
    for (const { page, indexed } of uncounted.slice(from, from + pagesPerReport)) {
      if (signal?.aborted) break;
      const tokens = await countPage(library, page, count);
      if (tokens !== undefined) {
        add(indexed.passageCount, tokens);
        counted.push({ page, indexed, tokens });
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    // A full disk is no reason not to say what was counted.
    await keepCountedTokens(library, counted).catch(() => {});
    signal?.throwIfAborted();
  }
  const { baseUrl, name } = embeddingModelOfKey(modelKey);
  return { ...backlog, cost: await costOfWork(baseUrl, name, backlog.tokens) };
}

/** `undefined` for a page that is not there any more, or whose text is not. */
async function countPage(library: Library, { id }: StoredPage, count: TokenCounter): Promise<number | undefined> {
  const found = await readPage(library, id).catch(undefinedIfNotFound);
  if (!found) return undefined;
  const { page, version } = found;
  const passages = await readPassages(library, id);
  return passages.reduce((sum, passage) => sum + count(embeddingText(version.text, ownTitleOf(page), passage)), 0);
}
