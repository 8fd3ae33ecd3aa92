import type { Locator } from './locators';
import { addressAtPassage } from './text-fragment';

/** The address that opens the live page at a passage: at the page of a PDF (https://www.rfc-editor.org/rfc/rfc8118#section-3), else by a text fragment. */
export function liveAddress(url: string, locator: Locator | undefined, fragment: string): string {
  return locator?.page === undefined ? addressAtPassage(url, fragment) : `${url.replace(/#.*$/s, '')}#page=${locator.page}`;
}
