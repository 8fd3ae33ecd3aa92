import { once } from '../../core/once';
import { type PageSort, sortPages } from '../../core/pages/choose-pages';
import type { PageId } from '../../core/pages/page';
import { perLibrary } from '../per-library';
import type { Library } from '../schema';
import { readScopeEntries, type ScopeEntry } from './scope-slabs';

/** All pages that are shown, in an order. Not to be changed. */
export type ReadOrdered = (library: Library, sort: PageSort) => Promise<readonly ScopeEntry[]>;

interface Kept {
  entries: readonly ScopeEntry[];
  readonly orders: Map<PageSort, readonly ScopeEntry[]>;
}

const collator = once(() => new Intl.Collator(undefined, { numeric: true }));
const compareByLocale = (one: string, other: string) => collator().compare(one, other);

/**
 * Remembers the orders that the pages were listed in, for a list is read window by window, as long as `readScopeEntries` gives the same pages. These are read
 * in one transaction with the deletions that hide some of them.
 * @param compareWords as `sortPages` takes it
 */
export function orderedPages(compareWords = compareByLocale): ReadOrdered {
  const keptOf = perLibrary((): Kept => ({ entries: [], orders: new Map() }));
  return async (library, sort) => {
    const kept = keptOf(library);
    const transaction = library.transaction(['totals', 'deletions', 'scopeSlabs']);
    const [deleted, entries] = await Promise.all([
      transaction.objectStore('deletions').getAllKeys(),
      readScopeEntries(library, transaction),
    ]);
    if (kept.entries !== entries) {
      kept.entries = entries;
      kept.orders.clear();
    }
    const ordered = kept.orders.get(sort) ?? sortPages(kept.entries, sort, compareWords);
    kept.orders.set(sort, ordered);
    if (deleted.length === 0) return ordered;
    const hidden = new Set<PageId>(deleted);
    return ordered.filter(({ id }) => !hidden.has(id));
  };
}
