import { canonicalUrl, isSameSite } from '../core/canonical-url';
import type { JobId } from '../core/job';
import type { CapturedPage, PageId } from '../core/page';
import { ProblemError } from '../core/problem';
import { putIngestJob } from '../storage/jobs';
import { findSavedPage } from '../storage/pages';
import type { Job, Library } from '../storage/schema';

export interface ReceiveCaptureTools {
  readonly library: Library;
  /** True if the tab was asked for its page. */
  readonly wasExpected: (tabId: number) => Promise<boolean>;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Takes a page from a content script and stores it as a job. Only from a tab that was asked, and only a page of the tab's own site.
 * @throws ProblemError
 */
export async function receiveCapture(
  captured: CapturedPage,
  tab: { readonly id: number; readonly url: string },
  { library, wasExpected, now, newId }: ReceiveCaptureTools,
): Promise<Job> {
  if (!(await wasExpected(tab.id))) throw new ProblemError({ code: 'internal', detail: 'Nobody asked for this page.' });
  if (originOf(captured.url) !== originOf(tab.url)) throw new ProblemError({ code: 'page-gone' });
  const page = isSameSite(captured.canonicalUrl, tab.url) ? captured : { ...captured, canonicalUrl: canonicalUrl(captured.url) };
  const saved = await findSavedPage(library, page);
  return putIngestJob(library, page, (waiting) => ({
    id: waiting?.id ?? (newId() as JobId),
    kind: 'ingest',
    pageId: saved?.id ?? waiting?.pageId ?? (newId() as PageId),
    canonicalUrl: page.canonicalUrl,
    title: page.title,
    createdAt: waiting?.createdAt ?? now(),
    step: 'received',
    attempts: 0,
    notBefore: 0,
  }));
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
