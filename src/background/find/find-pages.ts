import type { PageId } from '../../core/pages/page';
import { makeSnippet } from '../../core/search/make-snippet';
import { isNarrowed } from '../../core/search/matches-scope';
import { type ParsedQuery, parseQuery } from '../../core/search/parse-query';
import type { RankedPassage, Searcher } from '../../core/search/search';
import { type FindMatches, matchFinder, readWords } from '../../core/text/find-matches';
import type { FindResult, FoundPage } from '../../protocol/worker-requests';
import { pageHoldsExcluded } from '../../storage/lexical/holds-excluded';
import { newestFirst, readPages } from '../../storage/pages/newest-pages';
import { pageIdsInScope } from '../../storage/pages/passages-in-scope';
import type { Library, StoredPage } from '../../storage/schema';
import { findNoted } from './find-noted';
import { relevantCoverage } from './find-passages';
import type { ReadPassageTexts } from './passage-texts';
import { readShownPages } from './shown-pages';
import { shownStores } from './shown-stores';

/** Found by their notes and listed before what was found by text: those are few as a rule, but one word may stand in hundreds. The others come after. */
const mostNotedFirst = 5;

/** Where words are not wanted and none are, pages are read one after the other: no more than this, for someone waits. Older ones are not listed, which is said. */
const mostPagesRead = 1_000;

export interface FindPagesTools {
  readonly library: Library;
  readonly searcher: Searcher;
  /** Of the passages that are shown, and of no others. */
  readonly readTexts: ReadPassageTexts;
}

/** How many pages are wanted at most, and of how many of those that words find more is to be said than that they were found: all, if that is not given. */
export interface WantedPages {
  readonly limit: number;
  readonly first?: number;
}

/**
 * Finds pages while a person types, each with its best passage. Without any words, operators alone give all the pages they leave.
 * @param pageIds looks at no others, if given
 */
export async function findPages(
  written: string,
  wanted: WantedPages,
  tools: FindPagesTools,
  pageIds?: readonly PageId[],
): Promise<FindResult> {
  const parsed = parseQuery(written);
  const query = pageIds ? { ...parsed, scope: { ...parsed.scope, pageIds } } : parsed;
  if (query.text !== '') return findByWords(query, isStillTyped(written, query), wanted, tools);
  return isNarrowed(query.scope) ? listScope(query, wanted.limit, tools) : { pages: [], hasMore: false };
}

/** Whether the words end where the typing does, within a word. */
function isStillTyped(written: string, { text }: ParsedQuery): boolean {
  const lastWord = /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}\p{M}]+$/u.exec(text)?.[0];
  return lastWord !== undefined && written.endsWith(lastWord);
}

async function findByWords(
  query: ParsedQuery,
  isUnfinished: boolean,
  { limit, first = limit }: WantedPages,
  tools: FindPagesTools,
): Promise<FindResult> {
  const { scope, ...words } = query;
  const sought = isNarrowed(scope) ? query : words;
  // A revision that is not known is like no other: then nothing counts that was read of pages before.
  const {
    passages,
    passagesNotSearched,
    listRevision = Number.NaN,
  } = await tools.searcher.search({
    ...sought,
    isUnfinished,
    // One more, to know whether there are more.
    limit: limit + 1,
    onePerPage: { leastCoverage: relevantCoverage },
  });
  const noted = await findNoted(tools.library, listRevision, query, isUnfinished);
  const passageOf = new Map(passages.map((passage) => [passage.pageId, passage]));
  const pageIds = [...new Set([...noted.slice(0, mostNotedFirst), ...passageOf.keys(), ...noted])];
  const found = pageIds.slice(0, limit);
  const findMatches = matchFinder(query.text, isUnfinished);
  return {
    pages: await describeFound(
      found.slice(0, first).map((pageId) => ({ pageId, passage: passageOf.get(pageId) })),
      listRevision,
      findMatches,
      tools,
    ),
    ...(found.length > first ? { pagesToCome: found.length - first } : {}),
    hasMore: pageIds.length > limit,
    ...(passagesNotSearched === undefined ? {} : { passagesNotSearched }),
  };
}

/** A page that went away since it was found is left out. */
async function describeFound(
  found: readonly { readonly pageId: PageId; readonly passage: RankedPassage | undefined }[],
  revision: number,
  findMatches: FindMatches,
  { library, readTexts }: FindPagesTools,
): Promise<FoundPage[]> {
  const passages = found.flatMap(({ passage }) => passage ?? []);
  const ids = found.map(({ pageId }) => pageId);
  const stores = shownStores(library);
  const [texts, pages] = await Promise.all([readTexts(library, passages, stores), readShownPages(library, revision, ids, stores)]);
  const textOf = new Map(passages.map(({ pageId }, index) => [pageId, texts[index]]));
  return found.flatMap(({ pageId, passage }, index): FoundPage[] => {
    const page = pages[index];
    const read = textOf.get(pageId);
    if (!page || (passage && !read)) return [];
    const language = read?.language;
    const matches = read ? findMatches(read.words, language) : [];
    const titleHighlights = findMatches(readWords(page.title, language), language);
    const inNote = page.note === undefined ? [] : findMatches(readWords(page.note));
    const note = page.note !== undefined && inNote.length > 0 ? { note: makeSnippet(page.note, inNote) } : {};
    const isFoundOtherwise = matches.length === 0 && (titleHighlights.length > 0 || inNote.length > 0);
    if (!passage || !read || isFoundOtherwise) return [{ page, titleHighlights, ...note }];
    const { version, start, end } = passage;
    return [{ page, titleHighlights, passage: { version, start, end, snippet: makeSnippet(read.text, matches) }, ...note }];
  });
}

/** All that are wanted: a row without a snippet is low, so many are in sight, and costs no more than the page, which is read anyway. */
async function listScope({ scope, excluded }: ParsedQuery, limit: number, { library }: FindPagesTools): Promise<FindResult> {
  const pageIds = await pageIdsInScope(library, scope);
  const newest = await newestFirst(library, pageIds);
  const mostLookedAt = excluded.length > 0 ? mostPagesRead : newest.length;
  const listed: StoredPage[] = [];
  let lookedAt = 0;
  while (lookedAt < Math.min(newest.length, mostLookedAt) && listed.length <= limit) {
    // One more than is shown, to know whether there are more.
    const pages = await readPages(library, newest.slice(lookedAt, lookedAt + limit + 1));
    const unwanted = await Promise.all(pages.map(({ id }) => excluded.length > 0 && pageHoldsExcluded(library, id, excluded)));
    listed.push(...pages.filter((_, index) => !unwanted[index]));
    lookedAt += limit + 1;
  }
  const pages = listed.slice(0, limit).map((page) => ({ page, titleHighlights: [] }));
  const hasMore = listed.length > limit;
  return { pages, hasMore, ...(!hasMore && lookedAt < newest.length ? { newestLookedAt: lookedAt } : {}) };
}
