import type { Locator } from '../core/pages/locators';

export interface PagePart {
  /** The page that the part begins on; absent before the first. */
  readonly page?: number;
  readonly start: number;
  readonly text: string;
}

/**
 * Cuts a PDF's text where its pages begin, between blocks only: where a paragraph runs on over the end of a page, the next page is shown to begin after
 * it.
 */
export function cutAtPages(text: string, locators: readonly Locator[]): PagePart[] {
  const cuts: { page?: number; start: number }[] = [{ start: 0 }];
  for (const { page, start } of locators) {
    if (page === undefined) continue;
    const isBlockStart = start === 0 || text.startsWith('\n\n', start - 2);
    const end = isBlockStart ? start : text.indexOf('\n\n', start);
    const at = isBlockStart ? start : end < 0 ? text.length : end + 2;
    const last = cuts.at(-1);
    // Of pages that begin within one paragraph, the last is the one that goes on after it.
    if (last?.start === at) cuts.pop();
    cuts.push({ page, start: at });
  }
  return cuts.map((cut, index) => ({ ...cut, text: text.slice(cut.start, cuts[index + 1]?.start) })).filter((part) => part.text !== '');
}
