import browser from 'webextension-polyfill';

/** How long a page may take to be read before it is given up. */
export const captureTimeoutMs = 60_000;

/** Who wanted the page: the person, or a rule of theirs. */
export type CaptureCause = 'person' | 'rule';

interface ExpectedCapture {
  readonly since: number;
  readonly cause: CaptureCause;
}

const keyOf = (tabId: number) => `expectedCapture:${tabId}`;

/** Notes that a tab was asked for its page: only then is one taken from it. What the person asks for is not made less by a rule. Lives as long as the browser session. */
export async function expectCapture(tabId: number, now: number, cause: CaptureCause = 'person'): Promise<void> {
  if (cause === 'rule' && (await readExpected(tabId, now)) === 'person') return;
  const expected: ExpectedCapture = { since: now, cause };
  await browser.storage.session.set({ [keyOf(tabId)]: expected });
}

/** Who asked for the tab's page: once for each page asked for, and only while it isn't too late. */
export async function takeExpectedCapture(tabId: number, now: number): Promise<CaptureCause | undefined> {
  const cause = await readExpected(tabId, now);
  await browser.storage.session.remove(keyOf(tabId));
  return cause;
}

async function readExpected(tabId: number, now: number): Promise<CaptureCause | undefined> {
  const key = keyOf(tabId);
  const expected = (await browser.storage.session.get(key))[key] as ExpectedCapture | undefined;
  return expected && now - expected.since <= captureTimeoutMs ? expected.cause : undefined;
}
