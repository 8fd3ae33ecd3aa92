import { canonicalUrl } from '../core/canonical-url';
import type { Source } from '../core/conversation';
import type { PageId } from '../core/page';
import { plainText } from '../core/plain-text';
import { undefinedIfNotFound } from '../core/problem';
import type { RankedPassage } from '../core/search';
import { addressAtPassage, fragmentFinder } from '../core/text-fragment';
import { readPage } from '../storage/pages';
import type { Library } from '../storage/schema';

/** A source together with its passage as it stands in the page's Markdown. */
export interface SourceWithText {
  readonly source: Source;
  readonly text: string;
}

/** Numbers the passages from 1 and gathers what a citation of each needs. A passage whose page has gone meanwhile is left out. */
export async function describeSources(library: Library, passages: readonly RankedPassage[]): Promise<SourceWithText[]> {
  const versions = new Map<string, ReturnType<typeof readVersion>>();
  const readOnce = ({ pageId, version }: RankedPassage) => {
    const key = `${pageId} ${version}`;
    const reading = versions.get(key) ?? readVersion(library, pageId, version);
    versions.set(key, reading);
    return reading;
  };
  const found = await Promise.all(
    passages.map(async (passage) => {
      const saved = await readOnce(passage);
      return saved ? [{ passage, ...saved }] : [];
    }),
  );
  return found.flat().map(({ passage, page, version, fragment }, index) => {
    const { pageId, passageId, start, end, headingPath, startsInCode } = passage;
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
        quotation: plainText(text, startsInCode),
        liveUrl: addressAtPassage(canonicalUrl(page.url), fragment(start, end)),
      },
    };
  });
}

async function readVersion(library: Library, pageId: PageId, version: number) {
  const saved = await readPage(library, pageId, version).catch(undefinedIfNotFound);
  return saved && { ...saved, fragment: fragmentFinder(saved.version.text) };
}
