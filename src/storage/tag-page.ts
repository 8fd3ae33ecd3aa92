import type { PageId } from '../core/page';
import { tidyTags } from '../core/tidy-tags';
import { rewritePage } from './rewrite-page';
import type { Library } from './schema';

/** Gives a page these tags in the place of those it has. Nothing happens if the page has gone. */
export function tagPage(library: Library, pageId: PageId, tags: readonly string[]): Promise<void> {
  return rewritePage(library, pageId, (stored) => ({ ...stored, tags: tidyTags(tags) }));
}
