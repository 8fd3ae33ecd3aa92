import type { Locator } from './locators';
import { addressAtPassage } from './text-fragment';
import { addressAtSecond } from './video-address';

/**
 * The address that opens the live page at a passage: at the page of a PDF (https://www.rfc-editor.org/rfc/rfc8118#section-3), at the second of a video, else
 * by a text fragment.
 */
export function liveAddress(url: string, locator: Locator | undefined, fragment: string): string {
  if (locator?.page !== undefined) return `${url.replace(/#.*$/s, '')}#page=${locator.page}`;
  return locator?.seconds === undefined ? addressAtPassage(url, fragment) : addressAtSecond(url, locator.seconds);
}
