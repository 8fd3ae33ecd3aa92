import type { SearchScope } from './search';

/** The scope of the pages that both scopes take in. */
export function intersectScopes(one: SearchScope, other: SearchScope): SearchScope {
  const both: { -readonly [Part in keyof SearchScope]: SearchScope[Part] } = { ...one };
  for (const part of ['excludedSites', 'tags', 'excludedTags'] as const) {
    const values = other[part];
    if (values) both[part] = [...new Set([...(one[part] ?? []), ...values])];
  }
  if (other.sites) both.sites = one.sites ? commonSites(one.sites, other.sites) : other.sites;
  if (other.pageIds) {
    const wanted = new Set(other.pageIds);
    both.pageIds = one.pageIds?.filter((id) => wanted.has(id)) ?? other.pageIds;
  }
  if (other.after !== undefined) both.after = Math.max(other.after, one.after ?? other.after);
  if (other.before !== undefined) both.before = Math.min(other.before, one.before ?? other.before);
  return both;
}

/** Each host stands for those under it too, so of two the narrower one is what both have. */
function commonSites(sites: readonly string[], others: readonly string[]): string[] {
  const isUnder = (host: string, site: string) => host === site || host.endsWith(`.${site}`);
  return [
    ...sites.filter((site) => others.some((other) => isUnder(site, other))),
    ...others.filter((other) => sites.some((site) => site !== other && isUnder(other, site))),
  ];
}
