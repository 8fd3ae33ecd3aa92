import type { PageId } from '../../core/pages/page';
import { matchesScope } from '../../core/search/matches-scope';
import type { SearchScope } from '../../core/search/search';
import type { Library } from '../schema';
import { readDeleted } from './deletions';
import { readScopeEntries, type ScopeEntry } from './scope-slabs';

export interface PassagesInScope {
  /** How many pages the scope takes in. */
  readonly pages: number;
  readonly has: (passageId: number) => boolean;
}

/** The passages of the pages that a scope takes in, to be asked of one by one while searching. */
export async function passagesInScope(library: Library, scope: SearchScope): Promise<PassagesInScope> {
  const entries = await entriesInScope(library, scope);
  // A byte for each id up to the last: asked for every posting of a question, so it must not cost more than a look.
  const end = entries.reduce((last, { firstPassageId, passageCount }) => Math.max(last, firstPassageId + passageCount), 0);
  const isIn = new Uint8Array(end);
  for (const { firstPassageId, passageCount } of entries) isIn.fill(1, firstPassageId, firstPassageId + passageCount);
  return { pages: entries.length, has: (passageId) => isIn[passageId] === 1 };
}

export async function pageIdsInScope(library: Library, scope: SearchScope): Promise<Set<PageId>> {
  return new Set((await entriesInScope(library, scope)).map(({ id }) => id));
}

/** What a search may look at; `undefined` when that is everything. */
export async function searchedPassages(library: Library, scope: SearchScope | undefined): Promise<PassagesInScope | undefined> {
  return scope || (await library.count('deletions')) > 0 ? passagesInScope(library, scope ?? {}) : undefined;
}

/** Deleted pages are in no scope, also while that can be undone. */
export async function entriesInScope(library: Library, { pageIds, ...scope }: SearchScope): Promise<ScopeEntry[]> {
  // First: a deletion that ends between the two takes the page with its mark.
  const deleted = await readDeleted(library);
  const entries = await readScopeEntries(library);
  // There may be as many as there are pages.
  const wanted = pageIds && new Set(pageIds);
  return entries.filter((entry) => (wanted?.has(entry.id) ?? true) && !deleted.has(entry.id) && matchesScope(entry, scope));
}
