import type { PageId } from '../../core/pages/page';
import type { Library, StoredPage } from '../schema';

/** Where many pages of one make share a key, more of them tell nothing new. */
const pagesPerKey = 50;

/**
 * Pages whose texts may say what a text of this sketch says, the likeliest first. As many look-ups in an index as a sketch has keys, whatever the size
 * of the library.
 */
export async function findAlikePages(library: Library, sketch: readonly number[], limit: number): Promise<StoredPage[]> {
  const transaction = library.transaction('pages');
  const index = transaction.store.index('bySketch');
  const keysShared = new Map<PageId, number>();
  for (const ids of await Promise.all(sketch.map((key) => index.getAllKeys(key, pagesPerKey)))) {
    for (const id of ids) keysShared.set(id, (keysShared.get(id) ?? 0) + 1);
  }
  const likeliest = [...keysShared].sort(([, one], [, other]) => other - one).slice(0, limit);
  const pages = await Promise.all(likeliest.map(([id]) => transaction.store.get(id)));
  return pages.filter((page) => page !== undefined);
}
