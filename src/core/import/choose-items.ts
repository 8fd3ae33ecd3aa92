import { siteHost } from '../pages/site-host';
import { isNoteAddress } from './collect-items';
import type { ImportItem } from './import-item';

/** What a person leaves out of an import. */
export interface LeftOut {
  readonly hosts: ReadonlySet<string>;
  /** An item goes when it has one of these. */
  readonly tags: ReadonlySet<string>;
  readonly archived: boolean;
  /** Pages that are in the library already. */
  readonly saved: ReadonlySet<string>;
}

/** Those that are left, in their order. */
export function chooseItems(items: readonly ImportItem[], { hosts, tags, archived, saved }: LeftOut): ImportItem[] {
  return items.filter(
    (item) =>
      !saved.has(item.url) &&
      !(archived && item.isArchived) &&
      !item.tags.some((tag) => tags.has(tag)) &&
      !(hosts.size > 0 && hosts.has(siteHost(item.url))),
  );
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export interface ImportGroups {
  /** Both with the most frequent first. */
  readonly hosts: readonly Counted[];
  readonly tags: readonly Counted[];
  readonly archived: number;
}

/** What items may be left out by. */
export function groupItems(items: readonly ImportItem[]): ImportGroups {
  const hosts = new Map<string, number>();
  const tags = new Map<string, number>();
  let archived = 0;
  for (const item of items) {
    const host = siteHost(item.url);
    if (host) hosts.set(host, (hosts.get(host) ?? 0) + 1);
    for (const tag of item.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    if (item.isArchived) archived += 1;
  }
  return { hosts: mostFirst(hosts), tags: mostFirst(tags), archived };
}

function mostFirst(counts: ReadonlyMap<string, number>): Counted[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** More hosts than this are not asked for one by one: nobody would read the list. */
const fewHosts = 10;

/**
 * The match patterns of what has to be fetched: of each host and the hosts under it, for most sites lead from one to the other, or of all sites when
 * there are many. None when nothing is fetched.
 */
export function neededOrigins(items: readonly ImportItem[]): string[] {
  const hosts = new Set(items.filter(({ url, text }) => !text && !isNoteAddress(url)).map(({ url }) => siteHost(url)));
  hosts.delete('');
  if (hosts.size > fewHosts) return ['https://*/*', 'http://*/*'];
  return [...hosts].flatMap((host) => ['https', 'http'].map((scheme) => `${scheme}://${isDomain(host) ? '*.' : ''}${host}/*`));
}

/** Other than an IP address or a name without a dot, which have no hosts under them. */
function isDomain(host: string): boolean {
  return /\.[^.\d][^.]*$/.test(host) && !host.startsWith('[');
}
