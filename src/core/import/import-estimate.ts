/**
 * How many tokens of text an imported page is taken to have until pages have come in: about 1,100 English words, which is between a news report and a long
 * article. An assumption, shown as one.
 */
export const assumedTokensPerPage = 1_500;

/** Enough pages for their mean to say more than the assumption. */
const pagesUntilMeasured = 10;

export interface PagesSeen {
  readonly pages: number;
  readonly tokens: number;
}

/** The mean of the pages that have come in, as soon as there are a few; whole tokens. */
export function tokensPerPage({ pages, tokens }: PagesSeen): { readonly tokens: number; readonly isMeasured: boolean } {
  const isMeasured = pages >= pagesUntilMeasured;
  return { tokens: isMeasured ? Math.round(tokens / pages) : assumedTokensPerPage, isMeasured };
}
