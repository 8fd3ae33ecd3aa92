/** Where a passage stands in a saved page. */
export interface SavedPlace {
  readonly pageId: string;
  readonly version?: number;
  readonly start?: number;
  readonly end?: number;
}

/** The reader's address for a place, from the root of the extension; `reader/reader-address.ts` reads it. */
export function readerPath({ pageId, version, start, end }: SavedPlace): string {
  const place = new URLSearchParams({ page: pageId });
  if (version !== undefined) place.set('version', String(version));
  if (start !== undefined && end !== undefined) {
    place.set('start', String(start));
    place.set('end', String(end));
  }
  return `src/reader/index.html?${place}`;
}
