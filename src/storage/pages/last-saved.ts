import { canonicalUrl } from '../../core/pages/canonical-url';
import type { Library } from '../schema';
import { findPageByAddress } from './pages';

/** When the page at an address was last saved, in milliseconds since 1970; one on its way into the library counts. Absent when it was not. */
export async function lastSaved(library: Library, url: string): Promise<number | undefined> {
  const address = canonicalUrl(url);
  const [page, job] = await Promise.all([findPageByAddress(library, address), library.getFromIndex('jobs', 'byCanonicalUrl', address)]);
  const times = [page?.capturedAt, job?.createdAt].filter((time) => time !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}
