import browser from 'webextension-polyfill';
import { libraryPath } from '../../protocol/panel-address';
import { readerPath } from '../../protocol/saved-place';
import { type OmniboxTools, serveOmnibox } from './omnibox';

/** Serves the browser's own address bar, in the words of its language. */
export function serveBrowserOmnibox(find: OmniboxTools['find']): void {
  serveOmnibox(browser.omnibox, {
    find,
    addressOf: (place) => browser.runtime.getURL(readerPath(place)),
    libraryAddress: (sought) => browser.runtime.getURL(libraryPath(sought)),
    open(url, disposition) {
      if (disposition === 'currentTab') void browser.tabs.update({ url });
      else void browser.tabs.create({ url, active: disposition === 'newForegroundTab' });
    },
    words: {
      start: browser.i18n.getMessage('omnibox_start'),
      openBest: browser.i18n.getMessage('omnibox_open_best'),
      nothing: browser.i18n.getMessage('omnibox_nothing'),
      incomplete: browser.i18n.getMessage('index_incomplete'),
    },
  });
}
