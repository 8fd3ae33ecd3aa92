import { holdsQuotation } from '../../core/citations/holds-quotation';
import { canonicalUrl } from '../../core/pages/canonical-url';
import type { PageId } from '../../core/pages/page';
import { undefinedIfNotFound } from '../../core/problem';
import { plainText } from '../../core/text/plain-text';
import type { QuotationSeen, QuotationStanding } from '../../protocol/worker-requests';
import { readPage } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';

/** How long a page that has loaded may take to show its text. */
const patienceMs = 3_000;
const lookEveryMs = 300;
/** How long it may take to load. */
const loadMs = 15_000;

export interface TabReader {
  /** Tabs whose addresses may be known. */
  readonly listTabs: () => Promise<readonly { readonly id?: number | undefined; readonly url?: string | undefined }[]>;
  readonly isLoaded: (tabId: number) => Promise<boolean>;
  /** The text of a tab, as it is now. @throws where it may not be read */
  readonly readText: (tabId: number) => Promise<string>;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

export interface Quoted {
  readonly pageId: PageId;
  readonly version: number;
  readonly quote: string;
  readonly url: string;
}

/** What is known of a quotation before its page is opened: from a newer version in the library, and from tabs that the page is open in and that may be read. */
export async function quotationStanding(
  library: Library,
  { pageId, version, quote, url }: Quoted,
  tabs: TabReader,
): Promise<QuotationStanding> {
  const newest = await readPage(library, pageId).catch(undefinedIfNotFound);
  // What was selected of a page says nothing of the rest of it.
  if (newest && newest.version.version > version && newest.page.source !== 'selection') {
    if (!holdsQuotation(plainText(newest.version.text), quote)) return 'newer-lacks';
  }
  const address = canonicalUrl(url);
  for (const tab of await tabs.listTabs()) {
    if (tab.id === undefined || !tab.url || canonicalUrl(tab.url) !== address) continue;
    const text = await tabs.readText(tab.id).catch(() => undefined);
    if (text?.trim()) return holdsQuotation(text, quote) ? 'may-be-there' : 'live-lacks';
  }
  return 'may-be-there';
}

/** Looks for a quotation in a tab that was opened for it, as soon as the tab has loaded; pages that make their text by script get a moment more. */
export async function lookForQuotation(tabId: number, quote: string, tabs: TabReader): Promise<QuotationSeen> {
  const openedAt = tabs.now();
  try {
    while (!(await tabs.isLoaded(tabId))) {
      if (tabs.now() - openedAt > loadMs) return 'unread';
      await tabs.wait(lookEveryMs);
    }
    const loadedAt = tabs.now();
    for (;;) {
      const text = await tabs.readText(tabId);
      if (holdsQuotation(text, quote)) return 'there';
      if (tabs.now() - loadedAt > patienceMs) return text.trim() ? 'gone' : 'unread';
      await tabs.wait(lookEveryMs);
    }
  } catch {
    // It may not be read, or was closed.
    return 'unread';
  }
}
