import { analyzeText } from '../core/analyze-text';
import { fuseRankings } from '../core/fuse-rankings';
import type { PassageId } from '../core/page';
import type { RankedPassage, Searcher, SearchQuery, SearchResult } from '../core/search';
import { searchPostings } from './lexical-search';
import { emptyTotals, type Library } from './schema';
import { scanVectors } from './vector-slabs';

/** How deep each ranking is read before the two are joined. */
const fusionDepth = 200;

/** Searches the library on disk: words always, vectors when the query brings one, the two rankings fused. */
export function librarySearcher(open: () => Promise<Library>): Searcher {
  return { search: async (query) => searchLibrary(await open(), query) };
}

async function searchLibrary(library: Library, query: SearchQuery): Promise<SearchResult> {
  const [totals = emptyTotals, lexical, similar] = await Promise.all([
    library.get('totals', 'library'),
    searchPostings(library, analyzeText(query.text)),
    query.vector ? scanVectors(library, query.vector.modelKey, query.vector.values) : [],
  ]);
  const byWords = best(lexical, fusionDepth);
  const byVector = best(similar, fusionDepth);
  const ranking = byVector.length > 0 ? fuseRankings<PassageId>([byWords, byVector]) : byWords;
  const coverage = new Map(lexical.map(({ id, coverage }) => [id, coverage]));
  const similarity = new Map(byVector.map(({ id, score }) => [id, score]));

  const ranked = await readRanked(library, ranking.slice(0, query.limit));
  return {
    pagesSearched: totals.pages,
    passages: ranked.map((passage) => {
      const cosine = similarity.get(passage.passageId);
      return {
        ...passage,
        wordCoverage: coverage.get(passage.passageId) ?? 0,
        ...(cosine === undefined ? {} : { similarity: cosine }),
      };
    }),
  };
}

function best<Scored extends { id: PassageId; score: number }>(scored: readonly Scored[], count: number): Scored[] {
  return [...scored].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, count);
}

/** A passage that went away since it was scored is left out. */
async function readRanked(
  library: Library,
  ranking: readonly { id: PassageId; score: number }[],
): Promise<Omit<RankedPassage, 'wordCoverage' | 'similarity'>[]> {
  const store = library.transaction('passages').store;
  const passages = await Promise.all(ranking.map(({ id }) => store.get(id)));
  return passages.flatMap((passage, place) => {
    if (!passage) return [];
    const { id, ...rest } = passage;
    return [{ passageId: id, ...rest, score: ranking[place]?.score ?? 0 }];
  });
}
