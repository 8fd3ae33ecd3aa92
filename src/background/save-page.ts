import { type ProblemCode, ProblemError } from '../core/problem';
import type { Job } from '../storage/schema';

export interface SavePageTools {
  readonly expectCapture: (tabId: number) => Promise<void>;
  /** Runs the content script in the tab's top frame. */
  readonly injectCapture: (tabId: number) => Promise<void>;
  /** Resolves with the job when the tab's page has been handed over. */
  readonly awaitCapture: (tabId: number) => Promise<Job>;
}

/**
 * Asks a tab for its page and waits until it is stored as a job. Should the worker die while it waits, the page is stored all the
 * same when it comes.
 * @throws ProblemError any `page-…`
 */
export async function savePage(tabId: number, { expectCapture, injectCapture, awaitCapture }: SavePageTools): Promise<Job> {
  await expectCapture(tabId);
  const handedOver = awaitCapture(tabId);
  handedOver.catch(() => {});
  try {
    await injectCapture(tabId);
  } catch (cause) {
    throw new ProblemError({ code: refusalOf(cause) }, { cause });
  }
  return handedOver;
}

/** Browsers say in words only why a script may not run in a tab. */
function refusalOf(error: unknown): ProblemCode {
  const words = error instanceof Error ? error.message : String(error);
  if (/no tab with id|frame .* was removed|tab was closed/i.test(words)) return 'page-gone';
  if (/cannot access contents of (the page|url "(https?|file):)|missing host permission|must request permission/i.test(words))
    return 'page-not-granted';
  if (/cannot access|cannot be scripted|error page|extensions? gallery|blocked by|restricted/i.test(words)) return 'page-restricted';
  return 'page-unreadable';
}
