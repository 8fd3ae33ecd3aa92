import type { Tabs } from 'webextension-polyfill';
import type { AutoSaver, WatchedTab } from './auto-save';

/** Only for show, and a tab may be gone by now: nothing of this fails. */
export interface TabMarks {
  readonly refreshTab: (tab: WatchedTab) => void;
  /** All open tabs, after the rules or the library may have changed. */
  readonly refreshTabs: () => void;
}

/** Brings what is shown of tabs on the toolbar up to date. */
export function tabMarks(tabs: Pick<Tabs.Static, 'query'>, autoSave: Pick<AutoSaver, 'refresh' | 'refreshOrClear'>): TabMarks {
  const refreshAll = async () => {
    for (const { id, url, incognito } of await tabs.query({})) {
      if (id !== undefined && url) await autoSave.refreshOrClear({ id, url, isPrivate: incognito });
    }
  };
  return {
    refreshTab: (tab) => void autoSave.refresh(tab).catch(() => {}),
    refreshTabs: () => void refreshAll().catch(() => {}),
  };
}
