import { type SearchedText, searchTexts } from '../../core/lexical/search-texts';
import { partStarts } from '../../core/pages/locators';
import type { Reading } from '../../core/pages/reading';
import { siteHost } from '../../core/pages/site-host';
import { matchesScope } from '../../core/search/matches-scope';
import type { RankedPassage, Searcher, SearchQuery, SearchResult, SearchScope } from '../../core/search/search';

/** Those of the readings that a scope takes in. They have no tags, and were read when they were read. */
export function readingsInScope(readings: readonly Reading[], scope: SearchScope): Reading[] {
  return readings.filter(({ id, page, readAt }) =>
    matchesScope({ id, host: siteHost(page.url), tags: [], savedAt: readAt, capturedAt: page.capturedAt }, scope),
  );
}

export function searchedText({ id, page, version, language }: Reading): SearchedText {
  return {
    pageId: id,
    version: version.version,
    title: page.title,
    text: version.text,
    ...(language ? { language } : {}),
    partStarts: partStarts(version.locators ?? []),
  };
}

/** A searcher of the library that looks through readings too, where a scope names them. */
export function withReadings(searcher: Searcher, readings: readonly Reading[]): Searcher {
  if (readings.length === 0) return searcher;
  return {
    async search(query) {
      const wanted = readingsInScope(readings, query.scope ?? {});
      const read = { pagesSearched: wanted.length, passages: searchTexts(wanted.map(searchedText), query) };
      const saved = await searchSaved(searcher, query, readings);
      return saved ? joinResults(saved, read, query.limit) : read;
    },
  };
}

async function searchSaved(searcher: Searcher, query: SearchQuery, readings: readonly Reading[]): Promise<SearchResult | undefined> {
  const { pageIds } = query.scope ?? {};
  if (!pageIds) return searcher.search(query);
  const ids = new Set(readings.map(({ id }) => id));
  const saved = pageIds.filter((id) => !ids.has(id));
  return saved.length > 0 ? searcher.search({ ...query, scope: { ...query.scope, pageIds: saved } }) : undefined;
}

/** Scores of two searches cannot be compared; shares of each one's best can, weighed by how much of the question that best one holds. */
function joinResults(saved: SearchResult, read: SearchResult, limit: number): SearchResult {
  const shares = ({ passages }: SearchResult): RankedPassage[] => {
    const [best] = passages;
    if (!best || best.score <= 0) return [];
    const most = Math.max(...passages.map(({ wordCoverage, similarity = 0 }) => Math.max(wordCoverage, similarity)));
    return passages.map((passage) => ({ ...passage, score: (passage.score / best.score) * most }));
  };
  const passages = [...shares(saved), ...shares(read)].sort((one, other) => other.score - one.score).slice(0, limit);
  return { ...saved, pagesSearched: saved.pagesSearched + read.pagesSearched, passages };
}
