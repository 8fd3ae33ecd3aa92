import { builtInDenial, type DenialKind } from './built-in-denials';
import { matchesSite, nameOf, parseSitePattern, specificityOf } from './site-pattern';

/** A person's rule for a site. `pattern` is one that `parseSitePattern` takes. */
export interface SiteRule {
  readonly pattern: string;
  readonly action: 'save' | 'never';
}

/** What a person set about pages that are saved by themselves. */
export interface AutoSaveSettings {
  readonly isOn: boolean;
  readonly rules: readonly SiteRule[];
  /** How long a page must have been in view, all in all. */
  readonly readSeconds: number;
  /** Nothing is saved by itself before this time, in milliseconds since 1970. */
  readonly pausedUntil?: number;
}

export const defaultAutoSaveSettings: AutoSaveSettings = { isOn: false, rules: [], readSeconds: 30 };

/** So many are kept. */
export const mostSiteRules = 1_000;

export const readSecondsLimits = { min: 1, max: 3_600 };

export const pauseMs = 3_600_000;

/** At most one version of a page in this time is saved by itself: a page that is never twice the same would else fill the library. */
export const shortestRevisionMs = 3_600_000;

/** What the rules say of an address, whatever the time. */
export type SiteDecision =
  | { readonly action: 'save' }
  /** `reason` absent: a rule of the person's own. */
  | { readonly action: 'never'; readonly reason?: DenialKind }
  | { readonly action: 'none' };

/**
 * The rule that says most decides; of two that say as much, the one that says never. What is denied to all is overruled only by a rule that
 * names it (see `builtInDenial`): “all sites” overrules none of it.
 */
export function decideSite(address: string, { isOn, rules }: AutoSaveSettings): SiteDecision {
  if (!isOn) return { action: 'none' };
  const [decisive] = rules
    .flatMap(({ pattern: written, action }) => {
      const pattern = parseSitePattern(written);
      return pattern && matchesSite(pattern, address) ? [{ pattern, action, says: specificityOf(pattern) }] : [];
    })
    .sort((a, b) => b.says.host - a.says.host || b.says.path - a.says.path || (a.action === 'never' ? -1 : b.action === 'never' ? 1 : 0));
  if (!decisive) return { action: 'none' };
  if (decisive.action === 'never') return { action: 'never' };
  const reason = builtInDenial(address, decisive.pattern);
  return reason ? { action: 'never', reason } : { action: 'save' };
}

/** Whether saving pauses at a moment. */
export function isPaused({ isOn, pausedUntil = 0 }: AutoSaveSettings, now: number): boolean {
  return isOn && now < pausedUntil;
}

/**
 * The person's settings with the rules of a backup. What the person has set stays: a rule is added for sites that no rule is about yet, none of
 * them saves what the person never wants saved, and where either says never of a site, it is never saved. Nothing is turned on.
 */
export function uniteAutoSave(own: AutoSaveSettings, restored: Pick<AutoSaveSettings, 'rules' | 'readSeconds'>): AutoSaveSettings {
  const isNever = ({ pattern: written }: SiteRule) => {
    const pattern = parseSitePattern(written);
    return own.rules.some((rule) => {
      const never = rule.action === 'never' ? parseSitePattern(rule.pattern) : undefined;
      return pattern !== undefined && never !== undefined && matchesSite(never, nameOf(pattern));
    });
  };
  const kept = own.rules.map((rule) => restored.rules.find((other) => other.pattern === rule.pattern && other.action === 'never') ?? rule);
  const added = restored.rules.filter(
    (rule) => !own.rules.some(({ pattern }) => pattern === rule.pattern) && (rule.action === 'never' || !isNever(rule)),
  );
  const readSeconds = own.rules.length > 0 ? own.readSeconds : restored.readSeconds;
  return { ...own, readSeconds, rules: [...kept, ...added].slice(0, mostSiteRules) };
}
