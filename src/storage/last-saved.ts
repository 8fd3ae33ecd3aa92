import { canonicalUrl } from '../core/canonical-url';
import { findPageByAddress } from './pages';
import type { Library } from './schema';

/** When the page at an address was last saved, in milliseconds since 1970; one on its way into the library counts. Absent when it was not. */
export async function lastSaved(library: Library, url: string): Promise<number | undefined> {
  const address = canonicalUrl(url);
  const [page, job] = await Promise.all([findPageByAddress(library, address), library.getFromIndex('jobs', 'byCanonicalUrl', address)]);
  const times = [page?.capturedAt, job?.createdAt].filter((time) => time !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}
