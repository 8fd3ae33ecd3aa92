import browser, { type Tabs } from 'webextension-polyfill';
import type { LibraryEvent } from '../protocol/library-events';
import { showBadge } from './capture/badge';
import type { SaverOfLink } from './capture/link-saver';
import { type SaveWithBadgeTools, saveWithBadge } from './capture/save-with-badge';
import type { TabSaver } from './capture/tab-saver';
import { createMenus, wishOf } from './menus';
import { sidePanel } from './side-panel';

export interface BrowserButtonsTools extends TabSaver, Pick<SaveWithBadgeTools, 'refreshTab'> {
  readonly saverOfLink: SaverOfLink;
  readonly tell: (event: LibraryEvent) => void;
}

/** The toolbar's icon, the shortcut and the menu of pages: each opens the tab to the extension. */
export function serveBrowserButtons({ saveTab, saveSelection, saverOfLink, refreshTab, tell }: BrowserButtonsTools): void {
  const save = (tab: Tabs.Tab | undefined, how: (tabId: number) => Promise<unknown>) =>
    void saveWithBadge(tab, how, {
      showBadge,
      wordsOf: ({ code }) => browser.i18n.getMessage(`problem_${code.replaceAll('-', '_')}`),
      refreshTab,
      tell,
    });

  browser.action.onClicked.addListener((tab) => {
    // Before anything is awaited, else the browser no longer takes it for the person's wish.
    if (tab.windowId !== undefined) void sidePanel.open({ windowId: tab.windowId });
    if (tab.id !== undefined) tell({ type: 'tab-granted', tabId: tab.id });
  });
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'save-page') save(tab, saveTab);
  });
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const { what, url } = wishOf(info);
    if (what === 'page') save(tab, saveTab);
    else if (what === 'selection') save(tab, saveSelection);
    else if (url) save(tab, saverOfLink(url));
  });
  browser.runtime.onInstalled.addListener(() => {
    createMenus();
    // The icon must be the extension's own to answer: only then does a click open the tab to it.
    void sidePanel.setPanelBehavior({ openPanelOnActionClick: false });
  });
}
