import { fuseRankings } from '../core/fuse-rankings';
import { normalizeVector } from '../core/quantize-vector';
import type { RankedPassage, Searcher, SearchResult } from '../core/search';
import type { EmbeddingModel } from '../models/embedding-model';

/** Below this share of the question's weight, the words that match are there by chance (docs/measurements.md). */
const relevantCoverage = 0.3;
/** Below this cosine a passage is about something else, with the embedding models in common use. */
const relevantSimilarity = 0.3;

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
): Promise<SearchResult> {
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
  return {
    pagesSearched: results[0]?.pagesSearched ?? 0,
    passages: joinResults(results).filter(isRelevant).slice(0, limit),
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

function joinResults(results: readonly SearchResult[]): RankedPassage[] {
  const [only] = results;
  if (results.length <= 1) return [...(only?.passages ?? [])];
  const passages = new Map<number, RankedPassage>();
  for (const passage of results.flatMap((result) => result.passages)) {
    const known = passages.get(passage.passageId);
    if (!known || known.wordCoverage < passage.wordCoverage) passages.set(passage.passageId, passage);
  }
  const fused = fuseRankings(results.map((result) => result.passages.map(({ passageId: id, score }) => ({ id, score }))));
  return fused.flatMap(({ id, score }) => {
    const passage = passages.get(id);
    return passage ? [{ ...passage, score }] : [];
  });
}

function isRelevant(passage: RankedPassage): boolean {
  return passage.wordCoverage >= relevantCoverage || (passage.similarity ?? 0) >= relevantSimilarity;
}
