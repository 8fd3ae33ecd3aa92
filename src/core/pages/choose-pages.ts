import { matchesScope, type ScopedPage } from '../search/matches-scope';
import type { SearchScope } from '../search/search';

/** What of a page decides whether and where it stands in a list. */
export interface ListedEntry extends ScopedPage {
  readonly title: string;
  readonly shareRead: number;
  readonly passageCount: number;
}

export const pageSorts = ['newest', 'oldest', 'title', 'site', 'longest'] as const;
export type PageSort = (typeof pageSorts)[number];

/** `saving` and `failed`: work on the page waits, or met a problem. `partial`: less than all of it was kept. `without-vectors`: of the model that is set. */
export const pageStatuses = ['saving', 'failed', 'partial', 'without-vectors'] as const;
export type PageStatus = (typeof pageStatuses)[number];

/** Which pages are listed: those that meet all that is given. */
export interface PageFilter {
  /** A host; stands for the hosts under it too. */
  readonly site?: string;
  readonly tag?: string;
  readonly status?: PageStatus;
  /** Saved or read again at or after this time, in milliseconds since 1970. */
  readonly after?: number;
  /** Before this time. */
  readonly before?: number;
}

export function isFiltered(filter: PageFilter): boolean {
  return Object.values(filter).some((part) => part !== undefined);
}

/** @param isOfStatus tells of a page whether it is in the status that the filter names */
export function filterPages<Entry extends ListedEntry>(
  entries: readonly Entry[],
  { site, tag, status, after, before }: PageFilter,
  isOfStatus: (entry: Entry) => boolean,
): Entry[] {
  const scope: SearchScope = {
    ...(site === undefined ? {} : { sites: [site] }),
    ...(tag === undefined ? {} : { tags: [tag] }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
  return entries.filter((entry) => matchesScope(entry, scope) && (status === undefined || isOfStatus(entry)));
}

/**
 * In the order that is asked for, equals by the newest. Sorting by title goes by the rules of a language.
 * @param compareWords as `Intl.Collator.compare`
 */
export function sortPages<Entry extends ListedEntry>(
  entries: readonly Entry[],
  sort: PageSort,
  compareWords: (one: string, other: string) => number,
): Entry[] {
  const byNewest = (one: Entry, other: Entry) => other.savedAt - one.savedAt || (one.id < other.id ? -1 : 1);
  const orders: Record<PageSort, (one: Entry, other: Entry) => number> = {
    newest: byNewest,
    oldest: (one, other) => byNewest(other, one),
    title: (one, other) => compareWords(one.title, other.title) || byNewest(one, other),
    // Hosts are ASCII: their order needs no rules.
    site: (one, other) => (one.host < other.host ? -1 : one.host > other.host ? 1 : byNewest(one, other)),
    longest: (one, other) => other.passageCount - one.passageCount || byNewest(one, other),
  };
  return entries.toSorted(orders[sort]);
}

/** Something that a list can be narrowed to, and how many pages that would leave. */
export interface Facet {
  readonly name: string;
  readonly pages: number;
}

/** The names that most pages have, in the order of the names. */
export function countFacets(names: Iterable<string>, most: number): Facet[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, pages]) => ({ name, pages }))
    .sort((one, other) => other.pages - one.pages)
    .slice(0, most)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
