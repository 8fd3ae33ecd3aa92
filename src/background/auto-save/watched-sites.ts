import type { AutoSaveSettings } from '../../core/capture/auto-save';
import { builtInDenials } from '../../core/capture/built-in-denials';
import { matchesSite, nameOf, originsOf, parseSitePattern, type SitePattern } from '../../core/capture/site-pattern';

/** Where the script that watches pages is to run, as match patterns. */
export interface WatchedSites {
  readonly matches: readonly string[];
  readonly excludeMatches: readonly string[];
}

/**
 * @param isAllowed whether the browser lets the extension read these origins
 * @returns no matches when nothing is to be watched
 */
export async function watchedSites(
  { isOn, rules }: AutoSaveSettings,
  isAllowed: (origins: string[]) => Promise<boolean>,
): Promise<WatchedSites> {
  const patternsFor = (wanted: 'save' | 'never') =>
    rules.flatMap(({ pattern, action }) => (action === wanted && parseSitePattern(pattern)) || []);
  const saved = patternsFor('save');
  const matches = new Set<string>();
  for (const pattern of isOn ? saved : []) {
    const origins = originsOf(pattern);
    if (await isAllowed(origins)) for (const origin of origins) matches.add(origin);
  }
  const denied = [...patternsFor('never'), ...builtInDenials.flatMap(({ patterns }) => patterns)];
  // Only whole hosts, and none within which something is to be saved: the rest is decided page by page.
  const excluded = denied.filter((pattern) => isWholeHost(pattern) && !saved.some((other) => matchesSite(pattern, nameOf(other))));
  return { matches: [...matches], excludeMatches: matches.size > 0 ? [...new Set(excluded.flatMap(originsOf))] : [] };
}

/** Whether a match pattern can say the same. */
function isWholeHost({ host, path }: SitePattern): boolean {
  return path === '' && host !== '*' && !host.replace(/^\*\./, '').includes('*') && !host.startsWith('[');
}

/** The rules to save whose sites the browser does not let the extension read. */
export async function patternsNotAllowed(
  { rules }: AutoSaveSettings,
  isAllowed: (origins: string[]) => Promise<boolean>,
): Promise<string[]> {
  const missing: string[] = [];
  for (const { pattern: written, action } of rules) {
    const pattern = parseSitePattern(written);
    if (action === 'save' && pattern && !(await isAllowed(originsOf(pattern)))) missing.push(written);
  }
  return missing;
}

/** The origins that rules to save needed and need no longer. */
export function originsNoLongerNeeded(before: AutoSaveSettings['rules'], after: AutoSaveSettings['rules']): string[] {
  const originsOfRules = (rules: AutoSaveSettings['rules']) =>
    rules.flatMap(({ pattern, action }) => {
      const parsed = action === 'save' ? parseSitePattern(pattern) : undefined;
      return parsed ? originsOf(parsed) : [];
    });
  const kept = new Set(originsOfRules(after));
  return [...new Set(originsOfRules(before))].filter((origin) => !kept.has(origin));
}
