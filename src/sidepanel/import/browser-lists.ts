import type { Browser } from 'webextension-polyfill';
import type { BookmarkNode, VisitedPage } from '../../core/import/browser-items';

/** What the browser itself has to import, once it has been allowed to tell. */
export interface BrowserLists {
  bookmarks(): Promise<readonly BookmarkNode[]>;
  /** @param since milliseconds since 1970 */
  history(since: number): Promise<readonly VisitedPage[]>;
}

/** More than a browser keeps of the three months that most keep. */
const maximumVisitedPages = 200_000;

export function browserLists(browser: Browser): BrowserLists {
  return {
    bookmarks: () => browser.bookmarks.getTree(),
    history: (since) => browser.history.search({ text: '', startTime: since, maxResults: maximumVisitedPages }),
  };
}
