import browser from 'webextension-polyfill';
import type { TabReader } from './find-quotation';

/** Reads tabs where the person has let the extension in, and nowhere else. */
export const tabReader: TabReader = {
  listTabs: () => browser.tabs.query({}),
  isLoaded: async (tabId) => (await browser.tabs.get(tabId)).status === 'complete',
  async readText(tabId) {
    const frames = await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: readShownText });
    return frames.map(({ result }) => (typeof result === 'string' ? result : '')).join('\n');
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: () => Date.now(),
};

/** Runs in the tab. What is folded away is there too: a text fragment unfolds it. Nothing for what is no web page, such as the viewer of a PDF. */
function readShownText(): string {
  const { document } = globalThis as unknown as {
    document: { contentType: string; body: { innerText: string; textContent: string | null } | null };
  };
  if (!/html/.test(document.contentType) || !document.body) return '';
  return `${document.body.innerText}\n${document.body.textContent ?? ''}`.slice(0, 5_000_000);
}
