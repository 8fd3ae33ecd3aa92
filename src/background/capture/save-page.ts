import { ProblemError, problemOf } from '../../core/problem';
import { tabRefusal } from './tab-refusal';

/** `Result` is what comes of the page: a job that saves it, or what was read of it. */
export interface SavePageTools<Result> {
  readonly expectCapture: (tabId: number) => Promise<void>;
  /** Runs the content script in the tab's top frame. */
  readonly injectCapture: (tabId: number) => Promise<void>;
  /** Resolves when the tab's page has been handed over. */
  readonly awaitCapture: (tabId: number) => Promise<Result>;
  /** For a tab that shows a PDF, which has no page to be read. */
  readonly savePdf: (tabId: number) => Promise<Result>;
}

/**
 * Asks a tab for its page and waits until it is stored. Should the worker die while it waits, the page is stored all the
 * same when it comes.
 * @throws ProblemError any `page-…`
 */
export async function savePage<Result>(tabId: number, tools: SavePageTools<Result>): Promise<Result> {
  const { expectCapture, injectCapture, awaitCapture, savePdf } = tools;
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
