import { ProblemError, problemOf } from '../../core/problem';
import type { Job } from '../../storage/schema';
import { tabRefusal } from './tab-refusal';

export interface SavePageTools {
  readonly expectCapture: (tabId: number) => Promise<void>;
  /** Runs the content script in the tab's top frame. */
  readonly injectCapture: (tabId: number) => Promise<void>;
  /** Resolves with the job when the tab's page has been handed over. */
  readonly awaitCapture: (tabId: number) => Promise<Job>;
  /** For a tab that shows a PDF, which has no page to be read. */
  readonly savePdf: (tabId: number) => Promise<Job>;
}

/**
 * Asks a tab for its page and waits until it is stored as a job. Should the worker die while it waits, the page is stored all the
 * same when it comes.
 * @throws ProblemError any `page-…`
 */
export async function savePage(tabId: number, { expectCapture, injectCapture, awaitCapture, savePdf }: SavePageTools): Promise<Job> {
  await expectCapture(tabId);
  const handedOver = awaitCapture(tabId);
  handedOver.catch(() => {});
  try {
    await injectCapture(tabId);
  } catch (cause) {
    throw new ProblemError({ code: tabRefusal(cause) }, { cause });
  }
  try {
    return await handedOver;
  } catch (error) {
    const { code, detail } = problemOf(error);
    if (code === 'page-not-html' && detail === 'application/pdf') return savePdf(tabId);
    throw error;
  }
}
