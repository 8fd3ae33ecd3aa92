/** From `start` on, an offset into a version's Markdown, the text stands on this page of the PDF, or at this second of the video. */
export interface Locator {
  readonly start: number;
  /** Counted from 1. */
  readonly page?: number;
  readonly seconds?: number;
}

/**
 * Where the text at an offset stands.
 * @param locators by rising `start`
 * @returns the last one that begins at or before the offset, if there is one
 */
export function locatorAt(locators: readonly Locator[], offset: number): Locator | undefined {
  let low = 0;
  let high = locators.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((locators[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return locators[low - 1];
}

/** Where a page of a PDF begins, or the transcript of a video: no passage is of two (see `splitPassages`). */
export function partStarts(locators: readonly Locator[]): number[] {
  return locators.filter(({ page }, index) => page !== undefined || index === 0).map(({ start }) => start);
}
