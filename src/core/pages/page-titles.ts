import type { Page } from './page';

type Titles = Pick<Page, 'title' | 'ownTitle'>;

/** What the page calls itself, whatever name it was given. It is what goes to an embedding model, so that a new name makes no vector worthless. */
export function ownTitleOf({ title, ownTitle }: Titles): string {
  return ownTitle ?? title;
}

/** All that a page is found by as its title: the name it was given, and its own. */
export function searchedTitle({ title, ownTitle }: Titles): string {
  return ownTitle === undefined ? title : `${title}\n${ownTitle}`;
}
