import { passagesOfTexts } from '../../core/lexical/search-texts';
import type { Passage } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import { undefinedIfNotFound } from '../../core/problem';
import type { ContextPassage, ReadPassage } from '../../core/search/choose-context';
import type { SearchScope } from '../../core/search/search';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { readPage, readPassages } from '../../storage/pages/pages';
import { entriesInScope } from '../../storage/pages/passages-in-scope';
import type { Library } from '../../storage/schema';
import { readingsInScope, searchedText } from './asked-readings';

/** No more passages than this are sent whole, however short: each is a source that is stored with the answer and shown with it. */
const mostPassages = 200;

/** What goes with each passage in a prompt, at least, in tokens. */
const tokensAroundPassage = 25;

/**
 * All that a scope takes in, pages in order: those that were named in the order they were named in, others the oldest first.
 * @param mostTokens estimated
 * @returns nothing when there is more than that, or nothing at all
 */
export async function readWholeScope(
  library: Library,
  readings: readonly Reading[],
  scope: SearchScope,
  mostTokens: number,
): Promise<ContextPassage[] | undefined> {
  const entries = await entriesInScope(library, scope);
  const asked = readingsInScope(readings, scope);
  const count = [...entries, ...asked.map(({ page }) => page)].reduce((sum, { passageCount }) => sum + passageCount, 0);
  if (count === 0 || count > mostPassages) return undefined;
  const saved = await Promise.all(
    entries.map(async ({ id, savedAt }) => {
      const [read, passages] = await Promise.all([readPage(library, id).catch(undefinedIfNotFound), readPassages(library, id)]);
      // A page that is saved again at this moment is of two versions.
      if (!read || passages.length === 0 || passages.some(({ version }) => version !== read.version.version)) return undefined;
      return { id, savedAt, passages: passages.map((passage) => withPage(passage, read.page, read.version)) };
    }),
  );
  if (saved.includes(undefined)) return undefined;
  const texts = passagesOfTexts(asked.map(searchedText));
  const read = asked.map(({ id, readAt, page, version }) => ({
    id,
    savedAt: readAt,
    passages: texts
      .filter(({ pageId }) => pageId === id)
      .map(({ passageId, ...place }): ReadPassage => ({ ...withPage({ id: passageId, ...place }, page, version), isUnsaved: true })),
  }));
  const { pageIds } = scope;
  const pages = [...saved.flatMap((page) => page ?? []), ...read].sort((one, other) =>
    pageIds ? pageIds.indexOf(one.id) - pageIds.indexOf(other.id) : one.savedAt - other.savedAt,
  );
  const passages = pages.flatMap((page) => page.passages);
  const tokens = passages.reduce(
    (sum, { pageVersion, start, end }) => sum + estimateTokens(pageVersion.text.slice(start, end)) + tokensAroundPassage,
    0,
  );
  return tokens <= mostTokens ? passages.map(asContext) : undefined;
}

function withPage({ id, ...place }: Passage, page: ReadPassage['page'], pageVersion: ReadPassage['pageVersion']): ReadPassage {
  return { passageId: id, ...place, score: 0, wordCoverage: 0, page, pageVersion };
}

function asContext(passage: ReadPassage): ContextPassage {
  const { start, end, startsInCode } = passage;
  return { best: passage, passages: [passage], start, end, ...(startsInCode ? { startsInCode } : {}), otherPages: 0 };
}
