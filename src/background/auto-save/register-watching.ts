import browser, { type Scripting } from 'webextension-polyfill';
import type { WatchedSites } from './watched-sites';

const scriptId = 'watch-pages';

/**
 * Has the browser run the script that watches pages on these sites and no others, from now on and after restarts, and runs it in the tabs that
 * show them already. Does nothing when the browser does so already.
 */
export async function registerWatching({ matches, excludeMatches }: WatchedSites, script: string): Promise<void> {
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (matches.length === 0) {
    if (registered) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
    return;
  }
  const wanted: Scripting.RegisteredContentScript = {
    id: scriptId,
    js: [script],
    matches: [...matches],
    excludeMatches: [...excludeMatches],
    runAt: 'document_idle',
    allFrames: false,
    persistAcrossSessions: true,
  };
  const isSame =
    registered &&
    sameSet(registered.matches, matches) &&
    sameSet(registered.excludeMatches, excludeMatches) &&
    sameSet(registered.js, [script]);
  if (isSame) return;
  if (registered) await browser.scripting.updateContentScripts([wanted]);
  else await browser.scripting.registerContentScripts([wanted]);
  await runInOpenTabs({ matches, excludeMatches }, script);
}

async function runInOpenTabs({ matches, excludeMatches }: WatchedSites, script: string): Promise<void> {
  const tabsOf = (patterns: readonly string[]) => (patterns.length > 0 ? browser.tabs.query({ url: [...patterns] }) : []);
  const tabs = await tabsOf(matches);
  const excluded = new Set((await tabsOf(excludeMatches)).map(({ id }) => id));
  const run = ({ id, incognito, discarded }: (typeof tabs)[number]) =>
    id === undefined || incognito || discarded || excluded.has(id)
      ? undefined
      : // A tab that cannot be watched now will be when its page loads again.
        browser.scripting.executeScript({ target: { tabId: id }, files: [script] }).catch(() => {});
  await Promise.all(tabs.map(run));
}

function sameSet(one: readonly string[] = [], other: readonly string[]): boolean {
  const known = new Set(one);
  return known.size === new Set(other).size && other.every((item) => known.has(item));
}
