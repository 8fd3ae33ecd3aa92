import { canonicalUrl, isSameSite } from '../../core/canonical-url';
import { describeText } from '../../core/describe-text';
import { fileNameOf } from '../../core/file-address';
import type { CapturedPage } from '../../core/page';
import { ProblemError } from '../../core/problem';
import type { Job } from '../../storage/schema';
import { type StoreCaptureTools, storeCapture } from '../ingest/store-capture';

export interface ReceiveCaptureTools extends StoreCaptureTools {
  /** True if the tab was asked for its page. */
  readonly wasExpected: (tabId: number) => Promise<boolean>;
}

/**
 * Takes a page from a content script and stores it as a job. Only from a tab that was asked, and only a page of the tab's own site.
 * @throws ProblemError
 */
export async function receiveCapture(
  captured: CapturedPage,
  tab: { readonly id: number; readonly url: string },
  { wasExpected, ...tools }: ReceiveCaptureTools,
): Promise<Job> {
  if (!(await wasExpected(tab.id))) throw new ProblemError({ code: 'internal', detail: 'Nobody asked for this page.' });
  if (originOf(captured.url) !== originOf(tab.url)) throw new ProblemError({ code: 'page-gone' });
  const page = isSameSite(captured.canonicalUrl, tab.url) ? captured : { ...captured, canonicalUrl: canonicalUrl(captured.url) };
  const fileName = fileNameOf(page.url);
  const described = page.source === 'text' ? { ...page, ...describeText(page.markdown, fileName) } : page;
  return storeCapture(page.url.startsWith('file:') ? { ...described, site: fileName } : described, tools);
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
