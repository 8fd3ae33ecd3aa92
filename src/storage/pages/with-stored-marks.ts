import type { StoredPage } from '../schema';

/** A page as it is to be stored over what is there: its tags, its note and the name that it was given may have been changed while it was being read. */
export function withStoredMarks({ ownTitle: _, ...page }: StoredPage, stored: StoredPage | undefined): StoredPage {
  return {
    ...page,
    ...(stored?.tags ? { tags: stored.tags } : {}),
    ...(stored?.note ? { note: stored.note } : {}),
    ...(stored?.ownTitle === undefined ? {} : { title: stored.title, ownTitle: page.title }),
  };
}
