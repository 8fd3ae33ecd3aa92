import type { Tabs } from 'webextension-polyfill';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { WatchedTab } from '../auto-save/auto-save';
import type { showBadge } from './badge';

export interface SaveWithBadgeTools {
  readonly showBadge: typeof showBadge;
  readonly wordsOf: (problem: Problem) => string;
  /** Shows how the tab's page stands, once the mark of the save is gone. */
  readonly refreshTab: (tab: WatchedTab) => void;
  readonly tell: (event: LibraryEvent) => void;
}

/** Saves by the keyboard or the menu, and shows on the toolbar icon how it went: the panel may be closed. */
export async function saveWithBadge(
  tab: Tabs.Tab | undefined,
  save: (tabId: number) => Promise<unknown>,
  { showBadge, wordsOf, refreshTab, tell }: SaveWithBadgeTools,
): Promise<void> {
  if (tab?.id === undefined) return;
  const { id, url = '', incognito } = tab;
  tell({ type: 'tab-granted', tabId: id });
  await showBadge(id, 'working');
  try {
    await save(id);
    await showBadge(id, 'saved', '', () => refreshTab({ id, url, isPrivate: incognito }));
  } catch (error) {
    const problem = problemOf(error);
    tell({ type: 'save-failed', tabId: id, problem });
    await showBadge(id, 'failed', wordsOf(problem));
  }
}
