import type { PageId } from '../../core/pages/page';
import { tidyTags } from '../../core/pages/tidy-tags';
import type { Library } from '../schema';
import { rewritePage, rewritePages } from './rewrite-page';

/** Gives a page these tags in the place of those it has. Nothing happens if the page has gone. */
export function tagPage(library: Library, pageId: PageId, tags: readonly string[]): Promise<void> {
  return rewritePage(library, pageId, (stored) => ({ ...stored, tags: tidyTags(tags) }));
}

/** Gives pages these tags beside those they have. */
export function addTags(library: Library, pageIds: readonly PageId[], tags: readonly string[]): Promise<void> {
  return rewritePages(library, pageIds, (stored) => ({ ...stored, tags: tidyTags([...(stored.tags ?? []), ...tags]) }));
}

/** Keeps a note with a page in the place of the one it has; an empty one goes. */
export function notePage(library: Library, pageId: PageId, written: string): Promise<void> {
  const note = written.trim();
  return rewritePage(library, pageId, ({ note: _, ...stored }) => (note === '' ? stored : { ...stored, note }));
}
