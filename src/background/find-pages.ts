import { type FindMatches, matchFinder } from '../core/find-matches';
import { makeSnippet } from '../core/make-snippet';
import { isNarrowed } from '../core/matches-scope';
import type { PageId } from '../core/page';
import { type ParsedQuery, parseQuery } from '../core/parse-query';
import type { RankedPassage, Searcher } from '../core/search';
import type { FindResult, FoundPage } from '../protocol/worker-requests';
import { readNewestPages } from '../storage/newest-pages';
import { pageIdsInScope } from '../storage/passages-in-scope';
import type { Library } from '../storage/schema';
import { relevantCoverage } from './find-passages';
import type { ReadPassageTexts } from './passage-texts';

/** How many passages are looked at for each page that is given back: a page that says much of something has several among the best. */
const passagesPerPage = 3;
/** More passages than this with a word that is not wanted, and some of their pages are listed all the same. */
const mostUnwantedPassages = 10_000;

export interface FindPagesTools {
  readonly library: Library;
  readonly searcher: Searcher;
  /** Of the passages that are shown, and of no others. */
  readonly readTexts: ReadPassageTexts;
}

/**
 * Finds pages while a person types, each with its best passage. Without any words, operators alone give all the pages they leave.
 * @param limit how many pages at most
 */
export async function findPages(written: string, limit: number, tools: FindPagesTools): Promise<FindResult> {
  const query = parseQuery(written);
  if (query.text !== '') return findByWords(query, isStillTyped(written, query), limit, tools);
  return isNarrowed(query.scope) ? listScope(query, limit, tools) : { pages: [], hasMore: false };
}

/** Whether the words end where the typing does, within a word. */
function isStillTyped(written: string, { text }: ParsedQuery): boolean {
  const lastWord = /[\p{L}\p{N}\p{M}]+$/u.exec(text)?.[0];
  return lastWord !== undefined && written.endsWith(lastWord);
}

async function findByWords(query: ParsedQuery, isUnfinished: boolean, limit: number, tools: FindPagesTools): Promise<FindResult> {
  const { scope, ...words } = query;
  const wanted = isNarrowed(scope) ? query : words;
  const { passages } = await tools.searcher.search({ ...wanted, isUnfinished, limit: limit * passagesPerPage });
  const best = new Map<PageId, RankedPassage>();
  for (const passage of passages) {
    if (passage.wordCoverage >= relevantCoverage && !best.has(passage.pageId)) best.set(passage.pageId, passage);
  }
  const findMatches = matchFinder(query.text, isUnfinished);
  const shown = [...best.values()].slice(0, limit);
  return { pages: await describeFound(shown, findMatches, tools), hasMore: best.size > limit };
}

/** A page that went away since it was found is left out. */
async function describeFound(
  passages: readonly RankedPassage[],
  findMatches: FindMatches,
  { library, readTexts }: FindPagesTools,
): Promise<FoundPage[]> {
  const pages = library.transaction('pages').store;
  const [texts, ...found] = await Promise.all([readTexts(library, passages), ...passages.map(({ pageId }) => pages.get(pageId))]);
  return passages.flatMap(({ version, start, end }, index): FoundPage[] => {
    const [page, text] = [found[index], texts[index]];
    if (!page || text === undefined) return [];
    const language = page.language?.toLowerCase().split('-')[0];
    const matches = findMatches(text, language);
    const titleHighlights = findMatches(page.title, language);
    const isFoundByTitle = matches.length === 0 && titleHighlights.length > 0;
    return [
      { page, titleHighlights, ...(isFoundByTitle ? {} : { passage: { version, start, end, snippet: makeSnippet(text, matches) } }) },
    ];
  });
}

async function listScope({ scope, excluded }: ParsedQuery, limit: number, { library, searcher }: FindPagesTools): Promise<FindResult> {
  const pageIds = await pageIdsInScope(library, scope);
  for (const words of excluded) {
    const { passages } = await searcher.search({ text: words, phrases: [words], scope, limit: mostUnwantedPassages });
    for (const { pageId } of passages) pageIds.delete(pageId);
  }
  const pages = await readNewestPages(library, pageIds, limit);
  return { pages: pages.map((page) => ({ page, titleHighlights: [] })), hasMore: pageIds.size > limit };
}
