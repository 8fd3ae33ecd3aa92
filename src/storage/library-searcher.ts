import { bestStretchScore } from '../core/lexical/best-stretch';
import { holdsPhrase, wordsAsWritten } from '../core/lexical/holds-words';
import { proximityScore, wordsByStem } from '../core/lexical/proximity';
import type { PageId, Passage, PassageId } from '../core/pages/page';
import { RecentMap } from '../core/recent-map';
import { fuseScores } from '../core/search/fuse-scores';
import { learnTrust, trustIn, type VectorTrust } from '../core/search/learn-trust';
import type { RankedPassage, Searcher, SearchQuery, SearchResult } from '../core/search/search';
import { relevantSimilarity, type SimilarityRange } from '../core/vectors/relevant-similarity';
import { fieldsOf, holdsExcluded } from './lexical/holds-excluded';
import { LexicalCache, type LexicalResult, searchPostings } from './lexical/lexical-search';
import { doubtLengths } from './lexical/mend-lengths';
import { PassageTerms } from './lexical/passage-terms';
import { markDamaged } from './lexical/segments';
import { mostPassages, PassageReader } from './pages/passage-reader';
import { searchedPassages } from './pages/passages-in-scope';
import { perLibrary } from './per-library';
import type { Library } from './schema';
import { exactSimilarities } from './vectors/exact-similarities';
import { type SimilarPassage, searchVectors } from './vectors/search-vectors';
import { keepVectorTrust, readVectorTrust } from './vectors/vector-trust';

/** How deep the rankings are read before the two are joined. */
const fusionDepth = 200;
const vectorDepth = 100;
/** The places by vectors that are read from the disk in any case. For those behind them, joining needs no more than what is to be expected of them. */
const exactVectorDepth = 10;
/** How many of the best are looked into for words that stand side by side. Further down, the text costs more to read than it changes. */
const proximityDepth = 15;
/** How deep a ranking is looked through for a phrase. */
const phraseDepth = 2_000;
/** Texts read at a time while looking for phrases. */
const textsAtOnce = 50;
/** Passages read at a time while looking for pages. */
const passagesAtOnce = 40;

/**
 * Searches the library on disk: words always, vectors when the query brings one, the two rankings fused.
 * @param damageFound told when part of the index was found damaged, so that it is made anew
 */
export function librarySearcher(open: () => Promise<Library>, damageFound: () => void = () => {}): Searcher {
  const keptOf = perLibrary(
    (): Kept => ({ words: new LexicalCache(), terms: new PassageTerms(), passages: new RecentMap(mostPassages), hasDeletions: false }),
  );
  return {
    async search(query) {
      const library = await open();
      const { result, damaged, areLengthsDamaged, lackingGrams, isVectorIndexDamaged } = await searchLibrary(
        library,
        query,
        keptOf(library),
      );
      if (areLengthsDamaged) doubtLengths(library);
      for (const { id } of damaged.filter((segment) => !segment.damaged)) await markDamaged(library, id).catch(() => {});
      for (const { id } of lackingGrams.filter((segment) => !segment.gramsDamaged)) await markDamaged(library, id, 'grams').catch(() => {});
      if (damaged.length > 0 || areLengthsDamaged || lackingGrams.length > 0 || isVectorIndexDamaged) damageFound();
      return result;
    },
  };
}

/** What a searcher has in memory between searches. */
interface Kept {
  readonly words: LexicalCache;
  readonly terms: PassageTerms;
  readonly passages: RecentMap<PassageId, Passage>;
  /** Whether the last search found pages that are to be deleted. */
  hasDeletions: boolean;
}

interface Searched extends Pick<LexicalResult, 'damaged' | 'areLengthsDamaged' | 'lackingGrams'> {
  readonly result: SearchResult;
  readonly isVectorIndexDamaged: boolean;
}

async function searchLibrary(library: Library, query: SearchQuery, kept: Kept): Promise<Searched> {
  const { words, terms, passages: keptPassages } = kept;
  const { text, limit, vector, isUnfinished = false, phrases = [], excluded = [] } = query;
  const hasConditions = phrases.length + excluded.length > 0;
  const depth = Math.max(limit, hasConditions ? phraseDepth : fusionDepth);
  // Words alone are looked for in everything, and it is seen with them whether pages are to be deleted: they seldom are, and to ask first is one wait more.
  const isOfAll = !query.scope && !vector && !kept.hasDeletions;
  const scope = isOfAll ? undefined : await searchedPassages(library, query.scope);
  const within = scope ? { isWanted: (id: number) => scope.has(id) } : {};
  let notCompared = 0;
  const countNotCompared = (passages: number) => {
    notCompared += passages;
  };
  let isVectorIndexDamaged = false;
  let range: SimilarityRange | undefined;
  const reader = new PassageReader(library, keptPassages);
  const searchByWords = async () => {
    const lexical = await searchPostings(library, { text, isUnfinished, limit: depth, ...within }, words);
    return {
      lexical,
      byWords: isUnfinished ? scoresOf(lexical) : await withProximity(lexical, (ids) => terms.of(ids, reader, lexical.languageOf)),
    };
  };
  const searchByVectors = async ({ modelKey, values, trust: given }: NonNullable<SearchQuery['vector']>) => {
    const [similar, trust] = await Promise.all([
      searchVectors(library, modelKey, values, {
        limit: exactVectorDepth,
        expectedTo: vectorDepth,
        ...within,
        notCompared: countNotCompared,
        indexDamaged: () => {
          isVectorIndexDamaged = true;
        },
        measured: (measuredRange) => {
          range = measuredRange;
        },
      }),
      given ?? readVectorTrust(library, modelKey),
    ]);
    // Some of them will be among the results: they are read while words are looked for.
    await reader.passages(similar.slice(0, limit).map(({ id }) => id));
    return { modelKey, similar, trust };
  };
  // What is asked for first is read first. Vectors read most, and words are looked for meanwhile; but a worker just started has to read the terms before it
  // can look at them.
  const early = words.isEmpty ? searchByWords() : undefined;
  const [byVectors, { lexical, byWords }] = await Promise.all([vector && searchByVectors(vector), early ?? searchByWords()]);
  kept.hasDeletions = lexical.hasDeletions;
  if (isOfAll && lexical.hasDeletions) return searchLibrary(library, query, kept);
  const similar = byVectors?.similar ?? [];
  const fused = byVectors && similar.length > 0 ? fuse(library, byWords, byVectors, !query.scope && !isUnfinished) : byWords;
  const coverage = new Map<PassageId, number>(lexical.passages.map(({ id, coverage }) => [id as PassageId, coverage]));
  const most = query.onePerPage ? Math.max(limit, fusionDepth) : limit;
  const meeting = hasConditions ? await meetingConditions(fused, { phrases, excluded, limit: most }, reader) : fused.slice(0, most);
  const ranking = query.onePerPage
    ? await bestOfPages(meeting, (id) => (coverage.get(id) ?? 0) >= (query.onePerPage?.leastCoverage ?? 0), limit, reader)
    : meeting;

  const ids = ranking.map(({ id }) => id);
  const given = new Set(ids);
  const [passages, similarity] = await Promise.all([
    reader.passages(ids),
    vector &&
      exactSimilarities(
        library,
        vector.modelKey,
        vector.values,
        similar.filter(({ id }) => given.has(id)),
        countNotCompared,
      ),
  ]);
  const passagesNotSearched = Math.max(lexical.passagesDamaged, notCompared);
  const result: SearchResult = {
    pagesSearched: scope?.pages ?? lexical.pagesInLibrary,
    listRevision: lexical.listRevision,
    ...(passagesNotSearched > 0 ? { passagesNotSearched } : {}),
    ...(range ? { relevantSimilarity: relevantSimilarity(range) } : {}),
    passages: passages.flatMap((passage, place): RankedPassage[] => {
      if (!passage) return [];
      const { id, ...rest } = passage;
      const cosine = similarity?.get(id);
      const scores = { score: ranking[place]?.score ?? 0, wordCoverage: coverage.get(id) ?? 0 };
      return [{ passageId: id, ...rest, ...scores, ...(cosine === undefined ? {} : { similarity: cosine }) }];
    }),
  };
  const { damaged, areLengthsDamaged, lackingGrams } = lexical;
  return { result, damaged, areLengthsDamaged, lackingGrams, isVectorIndexDamaged };
}

interface Scored {
  readonly id: PassageId;
  readonly score: number;
}

interface ScoredByWords extends Scored {
  readonly coverage: number;
}

const scoresOf = ({ passages }: LexicalResult): ScoredByWords[] =>
  passages.map(({ id, score, coverage }) => ({ id: id as PassageId, score, coverage }));

interface ByVectors {
  readonly modelKey: string;
  readonly similar: readonly SimilarPassage[];
  /** As the query gives it, or what was learned so far. */
  readonly trust: number | VectorTrust;
}

/** @param isOfAll whether the question is whole and asked of the whole library, so that it says something of the model */
function fuse(
  library: Library,
  byWords: readonly ScoredByWords[],
  { modelKey, similar, trust: known }: ByVectors,
  isOfAll: boolean,
): Scored[] {
  if (typeof known === 'number') return fuseScores<PassageId>(byWords, similar, known);
  const trust = isOfAll ? learnTrust<PassageId>(known, byWords, similar) : known;
  // Nobody waits for it: the next search, which reads it, comes after it by itself. And a full disk is no reason to give no answer.
  if (trust !== known) void keepVectorTrust(library, modelKey, trust).catch(() => {});
  return fuseScores<PassageId>(byWords, similar, trustIn(trust));
}

/** The ranking by words, the best of it by where the words stand as well. */
async function withProximity(
  lexical: LexicalResult,
  termsOf: (ids: readonly PassageId[]) => Promise<(readonly string[])[]>,
): Promise<ScoredByWords[]> {
  const scores = scoresOf(lexical);
  if (lexical.words.length < 2) return scores;
  const looked = scores.slice(0, proximityDepth);
  const terms = await termsOf(looked.map(({ id }) => id));
  const wordOf = wordsByStem(lexical.words);
  const best = looked.map(({ id, score, coverage }, place) => ({
    id,
    coverage,
    score:
      score +
      proximityScore(lexical.words, wordOf, terms[place] ?? [], lexical.averageLength) +
      bestStretchScore(lexical.words, wordOf, terms[place] ?? []),
  }));
  return [...best.sort((a, b) => b.score - a.score || a.id - b.id), ...scores.slice(proximityDepth)];
}

/** Of each page its best passage that is relevant, of so many pages. */
async function bestOfPages(
  ranking: readonly Scored[],
  isRelevant: (id: PassageId) => boolean,
  pages: number,
  reader: PassageReader,
): Promise<Scored[]> {
  const relevant = ranking.filter(({ id }) => isRelevant(id));
  const best = new Map<PageId, Scored>();
  const read = new Map<PassageId, Passage | undefined>();
  for (const [place, scored] of relevant.entries()) {
    if (best.size >= pages) break;
    // As a word is typed on, all that are wanted are mostly in memory, and what comes after them is not asked for.
    if (!read.has(scored.id) && !reader.remembered(scored.id)) {
      const batch = relevant.slice(place, place + passagesAtOnce).map(({ id }) => id);
      const passages = await reader.passages(batch);
      for (const [index, id] of batch.entries()) read.set(id, passages[index]);
    }
    const pageId = (read.get(scored.id) ?? reader.remembered(scored.id))?.pageId;
    if (pageId !== undefined && !best.has(pageId)) best.set(pageId, scored);
  }
  return [...best.values()];
}

interface Conditions {
  readonly phrases: readonly string[];
  readonly excluded: readonly string[];
  readonly limit: number;
}

/** The passages that hold every phrase, or if there are none all of them; in either case none that holds what is excluded. */
async function meetingConditions(
  ranking: readonly Scored[],
  { phrases, excluded, limit }: Conditions,
  reader: PassageReader,
): Promise<Scored[]> {
  const wanted = phrases.map(wordsAsWritten);
  const holdingAll: Scored[] = [];
  const others: Scored[] = [];
  for (let from = 0; from < ranking.length && holdingAll.length < limit; from += textsAtOnce) {
    const batch = ranking.slice(from, from + textsAtOnce);
    const texts = await reader.texts(batch.map(({ id }) => id));
    batch.forEach((scored, index) => {
      const text = texts[index];
      if (!text || holdsExcluded(text, excluded)) return;
      const fields = fieldsOf(text).map(wordsAsWritten);
      if (wanted.every((phrase) => fields.some((words) => holdsPhrase(words, phrase)))) holdingAll.push(scored);
      else others.push(scored);
    });
  }
  return (holdingAll.length > 0 ? holdingAll : others).slice(0, limit);
}
