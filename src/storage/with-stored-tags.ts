import type { StoredPage } from './schema';

/** A page as it is to be stored over what is there: its tags may have been changed while it was being read. */
export function withStoredTags(page: StoredPage, stored: StoredPage | undefined): StoredPage {
  return stored?.tags ? { ...page, tags: stored.tags } : page;
}
