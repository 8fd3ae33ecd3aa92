import { type AutoSaveSettings, decideSite, isPaused, shortestRevisionMs } from '../../core/capture/auto-save';
import type { CapturedPage } from '../../core/pages/page';
import type { WatchMessages, WatchOrder } from '../../protocol/worker-requests';
import { lastSaved } from '../../storage/pages/last-saved';
import { findSavedPage } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';
import type { PageState } from '../capture/badge';
import { hashText } from '../ingest/hash-text';
import { placeCapture } from '../ingest/place-capture';

/** What is known of the tab that a message came from, by the browser and not by the page. */
export interface WatchedTab {
  readonly id: number;
  readonly url: string;
  readonly isPrivate: boolean;
}

export interface AutoSaverTools {
  readonly readSettings: () => Promise<AutoSaveSettings>;
  readonly openLibrary: () => Promise<Library>;
  /** Notes that a rule asks the tab for its page, has it captured, and resolves when it is stored or will not be. */
  readonly requestCapture: (tabId: number) => Promise<void>;
  /** Whether the page in the tab has a field for a password or a card at this moment; true also when it cannot be told. */
  readonly hasSecretField: (tabId: number) => Promise<boolean>;
  readonly showState: (tabId: number, state: PageState) => Promise<void>;
  readonly now: () => number;
}

export interface AutoSaver {
  shown(page: WatchMessages['watch/shown']['data'], tab: WatchedTab): Promise<WatchOrder>;
  read(page: WatchMessages['watch/read']['data'], tab: WatchedTab): Promise<WatchOrder>;
  /**
   * Whether to store what a rule had captured. Asked again here, for since then the page may have changed, and the rules too.
   * @returns the state of the page once it is stored; absent when it is not to be
   */
  accept(page: CapturedPage, tab: WatchedTab): Promise<PageState | undefined>;
  /** Shows in a tab how its page stands, if its site is one that is saved by itself. */
  refresh(tab: WatchedTab): Promise<void>;
  /** The same after the rules may have changed: what is said of a page whose site is none is taken back. */
  refreshOrClear(tab: WatchedTab): Promise<void>;
}

/** While saving pauses, a page in view asks this often whether it still does. */
const askWhilePausedMs = 60_000;
const enough: WatchOrder = { askAfterMs: null };

/** Decides which pages are saved by themselves. Holds nothing: rules, pauses and what is saved are read anew for each decision. */
export function autoSaver({ readSettings, openLibrary, requestCapture, hasSecretField, showState, now }: AutoSaverTools): AutoSaver {
  const isWanted = (url: string, tab: WatchedTab, settings: AutoSaveSettings) =>
    !tab.isPrivate && originOf(url) === originOf(tab.url) && decideSite(url, settings).action === 'save';

  const stateOf = async (url: string, settings: AutoSaveSettings): Promise<PageState> => {
    if (isPaused(settings, now())) return { name: 'paused', time: settings.pausedUntil ?? 0 };
    const time = await lastSaved(await openLibrary(), url);
    return time === undefined ? { name: 'none' } : { name: 'saved', time };
  };

  const isFresh = async (url: string) => {
    const time = await lastSaved(await openLibrary(), url);
    return time !== undefined && now() - time < shortestRevisionMs;
  };

  const refresh = async (tab: WatchedTab, otherwise?: PageState) => {
    const settings = await readSettings();
    const state = isWanted(tab.url, tab, settings) ? await stateOf(tab.url, settings) : otherwise;
    if (state) await showState(tab.id, state);
  };

  return {
    async shown({ url }, tab) {
      const settings = await readSettings();
      if (!isWanted(url, tab, settings)) return enough;
      await showState(tab.id, await stateOf(url, settings));
      return (await isFresh(url)) ? enough : { askAfterMs: settings.readSeconds * 1_000 };
    },

    async read({ url, hasSecretField: isSecret }, tab) {
      const settings = await readSettings();
      if (!isWanted(url, tab, settings)) return enough;
      if (isPaused(settings, now())) {
        await showState(tab.id, await stateOf(url, settings));
        return { askAfterMs: Math.min(askWhilePausedMs, (settings.pausedUntil ?? 0) - now()) };
      }
      if (isSecret) await showState(tab.id, { name: 'secret' });
      else if (!(await isFresh(url))) await requestCapture(tab.id);
      return enough;
    },

    async accept(page, tab) {
      const settings = await readSettings();
      if (!isWanted(page.url, tab, settings) || isPaused(settings, now())) return undefined;
      if (await hasSecretField(tab.id)) {
        await showState(tab.id, { name: 'secret' });
        return undefined;
      }
      const library = await openLibrary();
      const saved = await findSavedPage(library, page);
      if (!saved) return { name: 'saved', time: now() };
      const current = await library.get('versions', [saved.id, saved.version]);
      const time = saved.capturedAt;
      const isChanged = current?.contentHash !== (await hashText(placeCapture(page, saved, current).capture.markdown));
      // The page may call itself otherwise than by the address it was asked for.
      if (isChanged && now() - time >= shortestRevisionMs) return { name: 'changed', time };
      await showState(tab.id, { name: 'saved', time });
      return undefined;
    },

    refresh: (tab) => refresh(tab),
    refreshOrClear: (tab) => refresh(tab, { name: 'none' }),
  };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
