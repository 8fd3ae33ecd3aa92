import type { CapturedPage } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import type { Job } from '../../storage/schema';
import { type StoreCaptureTools, storeCapture } from '../ingest/store-capture';
import { acceptCapture } from './accept-capture';

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
  return storeCapture(acceptCapture(captured, tab.url), tools);
}
