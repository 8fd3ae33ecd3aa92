import type { Locator } from '../core/locators';
import { t } from './translate';

/** Where in a PDF a passage stands; nothing when it stands on no page. */
export function placeWords(locator: Locator | undefined): string | undefined {
  return locator?.page === undefined ? undefined : t('page_number', locator.page);
}
