/** Where a passage stands in a saved page. */
export interface SavedPlace {
  readonly pageId: string;
  readonly version?: number;
  readonly start?: number;
  readonly end?: number;
  /** Why it is opened in the place of the live page. */
  readonly instead?: InsteadOfLive;
}

/** - `newer-lacks`: the page was saved again since, without the passage. `live-lacks`: the live page was looked at, and does not have it. */
export type InsteadOfLive = 'newer-lacks' | 'live-lacks';

/** The reader's address for a place, from the root of the extension; `reader/reader-address.ts` reads it. */
export function readerPath({ pageId, version, start, end, instead }: SavedPlace): string {
  const place = new URLSearchParams({ page: pageId });
  if (version !== undefined) place.set('version', String(version));
  if (start !== undefined && end !== undefined) {
    place.set('start', String(start));
    place.set('end', String(end));
  }
  if (instead) place.set('instead', instead);
  return `src/reader/index.html?${place}`;
}
