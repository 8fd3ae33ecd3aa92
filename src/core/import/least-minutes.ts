import type { ImportItem } from './import-item';

const hostsAtOnce = 4;
const secondsPerPage = 1;

/** The shortest time, in whole minutes, that fetching takes with a second between two pages of a host and four hosts side by side. */
export function leastMinutes(items: readonly ImportItem[]): number {
  const perHost = new Map<string, number>();
  let pages = 0;
  for (const { url, text } of items) {
    if (text || !URL.canParse(url)) continue;
    const { host } = new URL(url);
    perHost.set(host, (perHost.get(host) ?? 0) + 1);
    pages += 1;
  }
  let most = 0;
  for (const count of perHost.values()) most = Math.max(most, count);
  return Math.ceil((Math.max(most, pages / hostsAtOnce) * secondsPerPage) / 60);
}
