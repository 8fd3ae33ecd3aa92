import type { Source } from '../core/conversation';
import { t } from './translate';

/** On which pages of a PDF a source stands; nothing when it stands on none. */
export function placeWords({ locator, lastPage }: Pick<Source, 'locator' | 'lastPage'>): string | undefined {
  if (locator?.page === undefined) return undefined;
  return lastPage === undefined ? t('page_number', locator.page) : t('page_numbers', locator.page, lastPage);
}
