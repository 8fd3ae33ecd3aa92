import { canonicalUrl } from '../core/canonical-url';
import type { Source } from '../core/conversation';
import { plainText } from '../core/plain-text';
import type { RankedPassage } from '../core/search';
import { addressAtPassage, textFragment } from '../core/text-fragment';
import { readPage } from '../storage/pages';
import type { Library } from '../storage/schema';

/** A source together with its passage as it stands in the page's Markdown. */
export interface SourceWithText {
  readonly source: Source;
  readonly text: string;
}

/** Numbers the passages from 1 and gathers what a citation of each needs. A passage whose page has gone meanwhile is left out. */
export async function describeSources(library: Library, passages: readonly RankedPassage[]): Promise<SourceWithText[]> {
  const found = await Promise.all(
    passages.map(async (passage) => {
      const saved = await readPage(library, passage.pageId, passage.version).catch(() => undefined);
      return saved ? [{ passage, ...saved }] : [];
    }),
  );
  return found.flat().map(({ passage, page, version }, index) => {
    const { pageId, passageId, start, end, headingPath } = passage;
    const text = version.text.slice(start, end);
    return {
      text,
      source: {
        number: index + 1,
        pageId,
        passageId,
        start,
        end,
        headingPath,
        version: version.version,
        title: page.title,
        site: page.site,
        url: page.url,
        capturedAt: version.capturedAt,
        ...(page.published ? { published: page.published } : {}),
        quotation: plainText(text),
        liveUrl: addressAtPassage(canonicalUrl(page.url), textFragment(version.text, start, end)),
      },
    };
  });
}
