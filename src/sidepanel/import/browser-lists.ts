import type { Browser } from 'webextension-polyfill';
import type { BookmarkNode, VisitedPage } from '../../core/import/browser-items';

/** What was asked of the browser for sites, and what came of it. */
export interface AskedOrigins {
  readonly isGranted: boolean;
  /** Those that were not open before. */
  readonly added: readonly string[];
}

/** What the browser itself has to import, and the permissions that it takes. Call what asks straight from a click, before anything is awaited. */
export interface BrowserLists {
  ask(permission: 'bookmarks' | 'history'): Promise<boolean>;
  bookmarks(): Promise<readonly BookmarkNode[]>;
  /** @param since milliseconds since 1970 */
  history(since: number): Promise<readonly VisitedPage[]>;
  /** @param origins match patterns */
  askForOrigins(origins: readonly string[]): Promise<AskedOrigins>;
}

/** More than a browser keeps of the three months that most keep. */
const maximumVisitedPages = 200_000;

export function browserLists(browser: Browser): BrowserLists {
  return {
    ask: (permission) => browser.permissions.request({ permissions: [permission] }),
    bookmarks: () => browser.bookmarks.getTree(),
    history: (since) => browser.history.search({ text: '', startTime: since, maxResults: maximumVisitedPages }),
    async askForOrigins(origins) {
      if (origins.length === 0) return { isGranted: true, added: [] };
      // Asked first, so that it is answered as things stood before; and without waiting, for the browser heeds only a request made in the click itself.
      const before = Promise.all(origins.map((origin) => browser.permissions.contains({ origins: [origin] })));
      const isGranted = await browser.permissions.request({ origins: [...origins] });
      const wasOpen = await before;
      return { isGranted, added: isGranted ? origins.filter((_, index) => !wasOpen[index]) : [] };
    },
  };
}
