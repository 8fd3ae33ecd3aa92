import browser from 'webextension-polyfill';
import { type CaptureScript, captureTimeoutMs } from '../../core/capture/capture-script';

/** Who wanted the page: the person, or a rule of theirs. */
export type CaptureCause = 'person' | 'rule';

export interface ExpectedCapture {
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly cause: CaptureCause;
}

const keyOf = (tabId: number, script: CaptureScript) => `expectedCapture:${tabId}:${script}`;

/**
 * Notes that a tab was asked for its page by a script: only then is one taken from it. What the person asks for is not made less by a rule that has the
 * same script run. Lives as long as the browser session.
 */
export async function expectCapture(tabId: number, script: CaptureScript, now: number, cause: CaptureCause = 'person'): Promise<void> {
  if (cause === 'rule' && (await expectedCapture(tabId, script, now))?.cause === 'person') return;
  const expected: ExpectedCapture = { since: now, cause };
  await browser.storage.session.set({ [keyOf(tabId, script)]: expected });
}

/** Who asked for what a script has read in the tab, while it isn't too late. */
export async function expectedCapture(tabId: number, script: CaptureScript, now: number): Promise<ExpectedCapture | undefined> {
  const key = keyOf(tabId, script);
  const expected = (await browser.storage.session.get(key))[key] as ExpectedCapture | undefined;
  return expected && now - expected.since <= captureTimeoutMs ? expected : undefined;
}

/** From now on that page is not taken any more; one that was asked for anew in the meantime is. */
export async function forgetExpectedCapture(tabId: number, script: CaptureScript, { since }: ExpectedCapture): Promise<void> {
  const key = keyOf(tabId, script);
  const expected = (await browser.storage.session.get(key))[key] as ExpectedCapture | undefined;
  if (expected?.since === since) await browser.storage.session.remove(key);
}
