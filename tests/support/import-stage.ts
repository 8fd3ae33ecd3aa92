import { type ImportRunnerTools, importRunner } from '../../src/background/import/import-runner';
import type { PageLoader } from '../../src/background/import/run-import-item';
import { everythingAllowed } from '../../src/core/capture/robots-rules';
import type { ImportItem } from '../../src/core/import/import-item';
import type { CapturedPage } from '../../src/core/pages/page';
import { ProblemError } from '../../src/core/problem';
import { addImportItems, beginImport, resumeImport } from '../../src/storage/import/imports';
import type { ImportId, ImportRecord, Library } from '../../src/storage/schema';
import { capturedPage } from './captured-page';

export const importId = 'an import' as ImportId;

/** Stores an import and sets it going. */
export async function startImport(library: Library, items: readonly ImportItem[], plan: Partial<ImportRecord> = {}): Promise<void> {
  await beginImport(library, { id: importId, source: 'bookmarks', createdAt: 0, origins: [], delayMs: 0, ...plan });
  await addImportItems(library, importId, items);
  await resumeImport(library);
}

/** What a site answers for an address: a text, or the problem that it is. */
type Answer = (url: string, attempt: number) => CapturedPage | ProblemError['problem'] | Promise<CapturedPage>;

/** The web, and the document that asks it and outlives workers. */
export function pretendWeb(answer: Answer = (url) => capturedPage(`Text of ${url}`, { canonicalUrl: url })) {
  const fetches: string[] = [];
  const kept = new Map<string, Promise<CapturedPage>>();
  const loader: PageLoader = {
    load(ticket, url) {
      const known = kept.get(ticket);
      if (known) return known;
      fetches.push(url);
      const attempt = fetches.filter((fetched) => fetched === url).length;
      const page = (async () => {
        const answered = await answer(url, attempt);
        if ('code' in answered) throw new ProblemError(answered);
        return answered;
      })();
      page.catch(() => {});
      kept.set(ticket, page);
      return page;
    },
    held: async () => [...kept.keys()],
    drop: async (ticket) => kept.delete(ticket),
    readHtml: async (html, url) => capturedPage(html.replace(/<[^>]*>/g, ''), { canonicalUrl: url }),
  };
  return { fetches, kept, loader };
}

/** A worker that runs the import of a library. */
export function importWorker(library: Library, rest: Partial<ImportRunnerTools> = {}) {
  let ids = 0;
  return importRunner({
    openLibrary: async () => library,
    loader: pretendWeb().loader,
    fetchRobots: async () => everythingAllowed,
    mayReach: async () => true,
    giveBack: async () => true,
    runJobs: () => {},
    changed: () => {},
    wakeAt: () => {},
    now: () => 1_000_000,
    newId: () => `id ${Math.random()} ${++ids}`,
    ...rest,
  });
}
