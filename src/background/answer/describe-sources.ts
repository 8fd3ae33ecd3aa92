import type { Source } from '../../core/conversation/conversation';
import { canonicalUrl } from '../../core/pages/canonical-url';
import { liveAddress } from '../../core/pages/live-address';
import { locatorAt } from '../../core/pages/locators';
import type { PageVersion } from '../../core/pages/page';
import { fragmentFinder } from '../../core/pages/text-fragment';
import type { ContextPassage } from '../../core/search/choose-context';
import { plainText } from '../../core/text/plain-text';
import type { Span } from '../../core/text/span';

/** A source together with its stretch of the page's Markdown. */
export interface SourceWithText {
  readonly source: Source;
  readonly text: string;
  /** Of the page. */
  readonly language?: string | undefined;
  /** The address that opens the live page at a stretch of its Markdown. */
  readonly addressAt: (span: Span) => string;
}

/**
 * Numbers what was chosen from 1 and gathers what a citation of each needs. What is quoted, marked in the saved copy and opened on the live page is
 * all of what a model is given to read under that number, for the answer may rest on any part of it.
 */
export function describeSources(chosen: readonly ContextPassage[]): SourceWithText[] {
  const fragments = new Map<PageVersion, ReturnType<typeof fragmentFinder>>();
  return chosen.map(({ best, start, end, startsInCode, otherPages }, index) => {
    const { page, pageVersion, pageId, passageId, headingPath, isUnsaved } = best;
    const fragment = fragments.get(pageVersion) ?? fragmentFinder(pageVersion.text);
    fragments.set(pageVersion, fragment);
    const text = pageVersion.text.slice(start, end);
    const { locators = [] } = pageVersion;
    // What comes before a transcript stands at no time of the video.
    const locator = locatorAt(locators, start) ?? locators.find((first) => first.start < end);
    const lastPage = locatorAt(locators, end - 1)?.page;
    const address = canonicalUrl(pageVersion.url ?? page.url);
    return {
      text,
      language: page.language?.slice(0, 2).toLowerCase(),
      addressAt(span) {
        const at = locatorAt(locators, span.start);
        return liveAddress(address, at, at ? '' : fragment(span.start, span.end));
      },
      source: {
        number: index + 1,
        pageId,
        passageId,
        start,
        end,
        headingPath,
        ...(locator ? { locator } : {}),
        ...(lastPage !== undefined && lastPage !== locator?.page ? { lastPage } : {}),
        version: pageVersion.version,
        title: page.title,
        site: page.site,
        url: page.url,
        capturedAt: pageVersion.capturedAt,
        ...(page.published ? { published: page.published } : {}),
        quotation: plainText(text, startsInCode),
        liveUrl: liveAddress(address, locator, locator ? '' : fragment(start, end)),
        ...(otherPages > 0 ? { otherPages } : {}),
        ...(isUnsaved ? { isUnsaved } : {}),
      },
    };
  });
}
