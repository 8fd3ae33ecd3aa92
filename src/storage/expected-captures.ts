import browser from 'webextension-polyfill';

/** How long a page may take to be read before it is given up. */
export const captureTimeoutMs = 60_000;

const keyOf = (tabId: number) => `expectedCapture:${tabId}`;

/** Notes that a tab was asked for its page: only then is one taken from it. Lives as long as the browser session. */
export async function expectCapture(tabId: number, now: number): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: now });
}

/** True once for each page asked for, and only while it isn't too late. */
export async function takeExpectedCapture(tabId: number, now: number): Promise<boolean> {
  const key = keyOf(tabId);
  const { [key]: since } = await browser.storage.session.get(key);
  await browser.storage.session.remove(key);
  return typeof since === 'number' && now - since <= captureTimeoutMs;
}
