import { inSlices } from '../../src/background/retrieval-tuning/in-slices';
import { type JudgedQuestion, othersOfPair, type TuningOutcome, tuneRetrieval } from '../../src/background/retrieval-tuning/tune-retrieval';
import type { PassageId } from '../../src/core/pages/page';
import { gainOf, measuredPlaces } from '../../src/core/retrieval-tuning/choose-tuning';
import { applyMap } from '../../src/core/retrieval-tuning/question-map';
import { sideOf } from '../../src/core/retrieval-tuning/split-pairs';
import { type TrainingPair, trainMap } from '../../src/core/retrieval-tuning/train-map';
import { seededShares } from '../../src/core/seeded-shares';
import { normalizeVector } from '../../src/core/vectors/quantize-vector';
import { openAiEmbeddingModel } from '../../src/models/openai-embedding-model';
import { librarySearcher } from '../../src/storage/library-searcher';
import { libraryOpener } from '../../src/storage/open-library';
import { searchVectors } from '../../src/storage/vectors/search-vectors';
import { addressOf, type EmbeddingServer } from './retrieval-harness';

// Runs in the laboratory's worker, over the library that its page has filled.

const openLibrary = libraryOpener();
const searcher = librarySearcher(openLibrary);
/** Questions sent to the server at a time. */
const batchSize = 500;

/** A question and the documents that answer it. */
export interface AskedQuestion {
  readonly text: string;
  readonly documentIds: readonly string[];
}

async function judge(questions: readonly AskedQuestion[], server: EmbeddingServer): Promise<JudgedQuestion[]> {
  const library = await openLibrary();
  const model = openAiEmbeddingModel({ baseUrl: server.baseUrl, apiKey: '' }, server.model);
  const vectors: Float32Array[] = [];
  for (let from = 0; from < questions.length; from += batchSize) {
    const texts = questions.slice(from, from + batchSize).map(({ text }) => text);
    vectors.push(...(await model.embed(texts)).map(normalizeVector));
  }
  const judged = questions.map(async ({ text, documentIds }, index): Promise<JudgedQuestion> => {
    const pages = await Promise.all(documentIds.map((id) => library.getFromIndex('pages', 'byCanonicalUrl', addressOf(id))));
    const indexed = await Promise.all(pages.map((page) => (page ? library.get('indexedPages', page.id) : undefined)));
    const answers = indexed.flatMap((page) =>
      page ? Array.from({ length: page.passageCount }, (_, place) => (page.firstPassageId + place) as PassageId) : [],
    );
    return { text, vector: vectors[index] as Float32Array, answers };
  });
  return (await Promise.all(judged)).filter(({ answers }) => answers.length > 0);
}

/** What of an outcome can be sent to a page, and how the questions that were checked with are found otherwise. */
export interface TuningFigures extends Omit<TuningOutcome, 'found'> {
  readonly usesMap: boolean;
  readonly lowRank: number;
  readonly trust?: number;
  /** nDCG@10 on the questions that nothing was learned from: by words only; by vectors only, as they are and mapped. */
  readonly words: number;
  readonly vectors: number;
  readonly mappedVectors: number;
}

/** Trains, chooses and checks with the functions that ship. */
export async function tune(questions: readonly AskedQuestion[], server: EmbeddingServer): Promise<TuningFigures> {
  const library = await openLibrary();
  const modelKey = openAiEmbeddingModel({ baseUrl: server.baseUrl, apiKey: '' }, server.model).key;
  const judged = await judge(questions, server);
  const tools = { library, searcher, modelKey, elapsed: () => performance.now(), report: () => {} };
  const { found, ...outcome } = await tuneRetrieval(judged, tools, new AbortController().signal);
  const checked = judged.filter(({ text }) => sideOf(text) === 'check').slice(0, outcome.questions.check);
  const gain = async (ranked: (question: JudgedQuestion) => Promise<readonly PassageId[]>) => {
    let sum = 0;
    for (const question of checked) sum += gainOf(await ranked(question), new Set(question.answers));
    return sum / checked.length;
  };
  const nearest = async (vector: Float32Array) =>
    (await searchVectors(library, modelKey, vector, { limit: measuredPlaces })).map(({ id }) => id);
  return {
    ...outcome,
    usesMap: found?.map !== undefined,
    lowRank: found?.map?.rank ?? 0,
    ...(found ? { trust: found.trust } : {}),
    words: await gain(async ({ text }) =>
      (await searcher.search({ text, limit: measuredPlaces })).passages.map(({ passageId }) => passageId),
    ),
    vectors: await gain(({ vector }) => nearest(vector)),
    mappedVectors: await gain(({ vector }) => nearest(found?.map ? applyMap(found.map, vector) : vector)),
  };
}

/** As long as it takes for a map of random pairs: with random ones every gradient counts. */
export async function timeTraining(
  count: number,
  dimensions: number,
): Promise<{ trainingMs: number; longestTurnMs: number; mapMs: number }> {
  const random = seededShares(5);
  const unit = () => normalizeVector(Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5));
  const passages = Array.from({ length: count * 3 }, unit);
  const passage = () => passages[Math.floor(random() * passages.length)] as Float32Array;
  const pairs = Array.from({ length: count }, (_, answerId): TrainingPair => {
    const others = Array.from({ length: othersOfPair }, passage);
    return { question: unit(), answer: passages[answerId] as Float32Array, answerId, answers: new Set([answerId]), others };
  });
  let longestTurnMs = 0;
  let turnAt = performance.now();
  const startedAt = turnAt;
  const report = () => {
    longestTurnMs = Math.max(longestTurnMs, performance.now() - turnAt);
    // What comes after the others had their turn.
    setTimeout(() => {
      turnAt = performance.now();
    });
  };
  const map = await inSlices(trainMap(pairs, 1), () => performance.now(), report, new AbortController().signal);
  const trainingMs = performance.now() - startedAt;
  const mappedAt = performance.now();
  for (const { question } of pairs) applyMap(map, question);
  return { trainingMs, longestTurnMs, mapMs: (performance.now() - mappedAt) / pairs.length };
}

export { saveDocuments } from './retrieval-harness';
