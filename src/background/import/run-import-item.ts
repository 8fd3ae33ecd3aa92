import { originPattern } from '../../core/capture/origin-pattern';
import { capturedNote } from '../../core/import/captured-note';
import type { ImportedFrom } from '../../core/pages/job';
import type { CapturedPage } from '../../core/pages/page';
import { isCutOff, type Problem, ProblemError, problemOf } from '../../core/problem';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { failImportItem, finishImportItem } from '../../storage/import/finish-import-item';
import { putBackItem } from '../../storage/import/import-turns';
import { findSavedPage } from '../../storage/pages/pages';
import type { Library, StoredImportItem } from '../../storage/schema';
import { ingestJob } from '../ingest/store-capture';

/** Fetches pages where the worker's death does not reach: what it has begun goes on, and is kept until it is dropped. */
export interface PageLoader {
  /** The same ticket gives the same page, fetched once, however often it is asked for. @throws ProblemError */
  load(ticket: string, url: string): Promise<CapturedPage>;
  /** The tickets that are under way or kept. */
  held(): Promise<readonly string[]>;
  drop(ticket: string): Promise<unknown>;
  /** Reads a page of which the HTML is there already. @throws ProblemError */
  readHtml(html: string, url: string): Promise<CapturedPage>;
}

export interface ImportItemTools {
  readonly library: Library;
  readonly loader: PageLoader;
  readonly mayReach: (origin: string) => Promise<boolean>;
  readonly runJobs: () => void;
  /** The import is further, or has ended. */
  readonly changed: () => void;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What its fetch is known by. One item is never fetched twice at a time, so it needs no more. */
export function loadTicket({ importId, number }: StoredImportItem): string {
  return `${importId}/${number}`;
}

/**
 * Takes an item that is stored as being fetched to its end: its page in the queue, or the reason why not. May be begun again after a death: the loader
 * gives the same page, and page and end are stored in one transaction.
 * @throws what is wrong with more than this page; it is then as if it had not been begun
 */
export async function runImportItem(item: StoredImportItem, tools: ImportItemTools): Promise<void> {
  const { library, loader, mayReach, now } = tools;
  const isFetched = item.host !== '';
  if (isFetched && !(await mayReach(originPattern(item.url) ?? ''))) {
    await putBackItem(library, item);
    throw new ProblemError({ code: 'import-permission-missing' });
  }
  let problem: Problem | undefined;
  try {
    const page = isFetched ? await loader.load(loadTicket(item), item.url) : await readText(item, tools);
    await store(item, page, tools);
  } catch (error) {
    if (isCutOff(error)) throw error;
    problem = problemOf(error);
    if (problem.code.startsWith('storage-')) throw error;
  }
  if (problem) await failImportItem(library, item, problem, now());
  if (isFetched) await loader.drop(loadTicket(item));
}

async function readText(item: StoredImportItem, { library, loader, now }: ImportItemTools): Promise<CapturedPage> {
  const text = await library.get('importTexts', [item.importId, item.number]);
  if (!text) throw new ProblemError({ code: 'page-empty' });
  if (text.kind === 'markdown') return capturedNote(item, text.content, now());
  const page = await loader.readHtml(text.content, item.url);
  return item.title ? { ...page, title: item.title } : page;
}

async function store(item: StoredImportItem, page: CapturedPage, { library, runJobs, now, newId }: ImportItemTools): Promise<void> {
  const { url, tags, savedAt } = item;
  const imported: ImportedFrom = { url, tags, ...(savedAt !== undefined ? { savedAt } : {}) };
  const saved = await findSavedPage(library, page);
  const make = ingestJob(page, saved, { now, newId, imported });
  if (await finishImportItem(library, item, page, estimateTokens(page.markdown), make)) runJobs();
}
