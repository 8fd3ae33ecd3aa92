import { analyzeText } from '../core/analyze-text';
import { fuseRankings } from '../core/fuse-rankings';
import { normalizeVector } from '../core/quantize-vector';
import type { RankedPassage, Searcher, SearchResult } from '../core/search';
import type { EmbeddingModel } from '../models/embedding-model';

/** Below this share of the question's weight, the words that match are there by chance (docs/measurements.md). */
export const relevantCoverage = 0.3;
/** Below this cosine a passage is about something else, by OpenAI's models. Others give higher ones to everything; then the chat model decides. */
const relevantSimilarity = 0.3;

/** What only the question before it has to do with is no answer to a question that holds less than this of a passage's own. */
const leastOwnCoverage = 0.1;
/** A question of so few words says nothing by itself: «And why?» */
const ellipticTerms = 2;

/** Someone waits: longer than this, and the question is searched for by its words alone. */
const questionEmbeddingMs = 8_000;

/** How many passages are looked at before the irrelevant ones are left out. */
const searchDepth = 30;

export interface FindPassagesTools {
  readonly searcher: Searcher;
  /** Absent when there is none, or when nothing in the library has its vectors. */
  readonly embeddingModel: EmbeddingModel | undefined;
}

/**
 * Finds what bears on a question, best first. A follow-up is searched for as it stands and together with the question before it, so
 * that «and when was it built?» still finds its subject.
 * @param earlierQuestions oldest first
 */
export async function findPassages(
  question: string,
  earlierQuestions: readonly string[],
  limit: number,
  tools: FindPassagesTools,
  signal: AbortSignal,
): Promise<SearchResult & { readonly byWordsOnly?: true }> {
  const before = earlierQuestions.at(-1);
  const texts = before ? [question, `${before} ${question}`] : [question];
  const vectors = await questionVectors(texts, tools.embeddingModel, signal);
  const results = await Promise.all(
    texts.map((text, index) => {
      const values = vectors?.[index];
      const vector = values && tools.embeddingModel ? { modelKey: tools.embeddingModel.key, values } : undefined;
      return tools.searcher.search({ text, limit: searchDepth, ...(vector ? { vector } : {}) });
    }),
  );
  const [own, together] = results;
  const joined = own && together ? joinResults(own, together, analyzeText(question).length <= ellipticTerms) : (own?.passages ?? []);
  return {
    pagesSearched: own?.pagesSearched ?? 0,
    passages: joined.filter(isRelevant).slice(0, limit),
    ...(tools.embeddingModel && !vectors ? { byWordsOnly: true } : {}),
  };
}

/** A question that can't be embedded is still searched for by its words. */
async function questionVectors(
  texts: readonly string[],
  model: EmbeddingModel | undefined,
  signal: AbortSignal,
): Promise<Float32Array[] | undefined> {
  if (!model) return undefined;
  try {
    return (await model.embed(texts, AbortSignal.any([signal, AbortSignal.timeout(questionEmbeddingMs)]))).map(normalizeVector);
  } catch {
    return undefined;
  }
}

/**
 * Fuses what was found for a question alone with what was found for it together with the question before.
 * @param isElliptic the question leans on the one before it wholly
 */
function joinResults(own: SearchResult, together: SearchResult, isElliptic: boolean): RankedPassage[] {
  const byItself = new Map(own.passages.map((passage) => [passage.passageId, passage]));
  const passages = new Map(own.passages.map((passage) => [passage.passageId, passage]));
  for (const passage of together.passages) {
    const alone = byItself.get(passage.passageId);
    const bears = isElliptic || (alone && (alone.wordCoverage >= leastOwnCoverage || isRelevant(alone)));
    if (!bears) passages.delete(passage.passageId);
    else if (!alone || alone.wordCoverage < passage.wordCoverage)
      passages.set(passage.passageId, { ...passage, ...similarityOf(alone, passage) });
  }
  const rankings = [own, together].map((result) => result.passages.map(({ passageId: id, score }) => ({ id, score })));
  return fuseRankings(rankings).flatMap(({ id, score }) => {
    const passage = passages.get(id);
    return passage ? [{ ...passage, score }] : [];
  });
}

/** The greater of the two, if there is any. */
function similarityOf(alone: RankedPassage | undefined, together: RankedPassage): { similarity?: number } {
  const similarity = Math.max(alone?.similarity ?? -1, together.similarity ?? -1);
  return similarity > -1 ? { similarity } : {};
}

function isRelevant(passage: RankedPassage): boolean {
  return passage.wordCoverage >= relevantCoverage || (passage.similarity ?? 0) >= relevantSimilarity;
}
