import type { PageId } from '../pages/page';
import type { SearchScope } from './search';

/** What of a page decides whether a scope takes it in. */
export interface ScopedPage {
  readonly id: PageId;
  /** See `siteHost`. */
  readonly host: string;
  readonly tags: readonly string[];
  /** When it was first saved and when its current version was captured, in milliseconds since 1970. */
  readonly savedAt: number;
  readonly capturedAt: number;
}

/** Whether any part of the scope is given. */
export function isNarrowed(scope: SearchScope): boolean {
  return Object.values(scope).some((part) => part !== undefined);
}

/** A page that was saved again was read twice; it is in a span of time when one of the two is. */
export function matchesScope({ id, host, tags, savedAt, capturedAt }: ScopedPage, scope: SearchScope): boolean {
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = scope;
  const isOf = (site: string) => host === site || host.endsWith(`.${site}`);
  return (
    (scope.pageIds?.includes(id) ?? true) &&
    (scope.sites?.some(isOf) ?? true) &&
    !scope.excludedSites?.some(isOf) &&
    (scope.tags?.every((tag) => tags.includes(tag)) ?? true) &&
    !scope.excludedTags?.some((tag) => tags.includes(tag)) &&
    [savedAt, capturedAt].some((time) => after <= time && time < before)
  );
}
