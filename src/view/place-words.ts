import type { Source } from '../core/conversation/conversation';
import { clockTime } from '../core/pages/video-address';
import { t } from './translate';

/** On which pages of a PDF a source stands, or from what time on in a video; nothing when it stands in neither. */
export function placeWords({ locator, lastPage }: Pick<Source, 'locator' | 'lastPage'>): string | undefined {
  if (locator?.seconds !== undefined) return clockTime(locator.seconds);
  if (locator?.page === undefined) return undefined;
  return lastPage === undefined ? t('page_number', locator.page) : t('page_numbers', locator.page, lastPage);
}
