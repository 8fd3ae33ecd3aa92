import { conversationSubject } from '../../core/conversation/conversation-subject';
import { analyzeText } from '../../core/lexical/analyze-text';
import { saysNothingByItself } from '../../core/lexical/question-words';
import type { PassageId } from '../../core/pages/page';
import { type AskedVector, packAsked } from '../../core/retrieval-tuning/asked-vector';
import { applyMap } from '../../core/retrieval-tuning/question-map';
import { intersectScopes } from '../../core/search/intersect-scopes';
import { isNarrowed } from '../../core/search/matches-scope';
import { type ParsedQuery, parseQuery } from '../../core/search/parse-query';
import type { RankedPassage, Searcher, SearchResult, SearchScope } from '../../core/search/search';
import { compatibilityForm } from '../../core/text/compatibility-form';
import { segmentWords } from '../../core/text/segment-words';
import { normalizeVector } from '../../core/vectors/quantize-vector';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { RetrievalTuning } from '../../storage/tuning/retrieval-tunings';

/** Below this share of the question's weight, the words that match are there by chance (docs/measurements.md). */
export const relevantCoverage = 0.3;

/** What only the question before it has to do with is no answer to a question that holds less than this of a passage's own. */
const leastOwnCoverage = 0.1;
/** A question of so few words leans on the one before it wholly: «And why?», «The weight?» */
const ellipticTerms = 2;

/** Someone waits: longer than this, and the question is searched for by its words alone. */
const questionEmbeddingMs = 8_000;

/** How many passages are looked at before the irrelevant ones are left out. */
const searchDepth = 30;

export interface FindPassagesTools {
  readonly searcher: Searcher;
  /** Absent when there is none, or when nothing in the library has its vectors. */
  readonly embeddingModel: EmbeddingModel | undefined;
  /** How search by a model's vectors is tuned to the person; nothing when it is not. */
  readonly tuning?: (modelKey: string) => Promise<RetrievalTuning | undefined>;
}

export interface FoundPassages extends SearchResult {
  /** What was searched for and where. */
  readonly query: ParsedQuery;
  /** There are vectors, but the question could not be embedded to search by them. */
  readonly byWordsOnly?: true;
  /** The words that say most of what was meant, with their vector; absent when nothing was embedded. */
  readonly asked?: AskedVector;
}

export interface AskedBefore {
  /** Oldest first. */
  readonly questions: readonly string[];
  /** The question in words that need nothing before it, where a model has found some. */
  readonly standalone?: string;
}

/**
 * Finds what bears on a question, best first. A follow-up is searched for as it stands and in words that stand alone; where there are none,
 * together with what was asked before, so that «and when was it built?» still finds its subject. Operators count for the question they are
 * typed in; typed alone, they ask the question before again, elsewhere.
 * @param chosen all that is searched, whatever the operators say
 */
export async function findPassages(
  question: string,
  { questions, standalone }: AskedBefore,
  tools: FindPassagesTools,
  signal: AbortSignal,
  chosen: SearchScope = {},
): Promise<FoundPassages> {
  const own = parseQuery(question);
  const before = readQuestions(questions);
  const written = own.text === '' && before ? askElsewhere(before, own) : own;
  const query = { ...written, scope: intersectScopes(chosen, written.scope) };
  const whole = standalone ?? (before?.subject ? `${before.subject} ${query.text}` : query.text);
  const texts = own.text === '' || whole === query.text ? [query.text] : [query.text, whole];
  const model = query.text === '' ? undefined : tools.embeddingModel;
  const [vectors, tuning] = await Promise.all([questionVectors(texts, model, signal), model && tools.tuning?.(model.key)]);
  const { scope, ...words } = query;
  const wanted = isNarrowed(scope) ? query : words;
  const results = await Promise.all(
    texts.map((text, index) => {
      const values = vectors?.[index];
      const vector = values && model ? { modelKey: model.key, ...tuned(values, tuning) } : undefined;
      return tools.searcher.search({ ...wanted, text, limit: searchDepth, ...(vector ? { vector } : {}) });
    }),
  );
  const [alone, together] = results;
  const isRelevant = relevanceIn(results);
  // Words that stand alone say themselves what they bear on.
  const leansWholly = standalone !== undefined || isElliptic(query.text, alone?.passages ?? [], isRelevant);
  const joined = alone && together ? joinResults(alone, together, leansWholly, isRelevant) : (alone?.passages ?? []);
  const passagesNotSearched = Math.max(...results.map((result) => result.passagesNotSearched ?? 0));
  return {
    query,
    pagesSearched: alone?.pagesSearched ?? 0,
    ...(passagesNotSearched > 0 ? { passagesNotSearched } : {}),
    passages: joined.filter(isRelevant),
    ...(model && !vectors ? { byWordsOnly: true } : {}),
    ...(model && vectors ? { asked: packAsked(texts.at(-1) ?? '', model.key, vectors.at(-1) ?? new Float32Array()) } : {}),
  };
}

/** The question as it is searched with. A map of another length than the model's vectors is of no use. */
function tuned(question: Float32Array, tuning: RetrievalTuning | undefined): { values: Float32Array; trust?: number } {
  if (!tuning || (tuning.map && tuning.map.dimensions !== question.length)) return { values: question };
  return { values: tuning.map ? applyMap(tuning.map, question) : question, trust: tuning.trust };
}

/** The last of several questions, with its words, and what the conversation is about. */
function readQuestions(written: readonly string[]): (ParsedQuery & { readonly subject: string }) | undefined {
  const queries = written.map((question) => parseQuery(question));
  const last = queries.length > 0 ? queries.reduce((before, own) => (own.text === '' ? askElsewhere(before, own) : own)) : undefined;
  return last && { ...last, subject: conversationSubject(queries.flatMap(({ text }) => text || [])) };
}

function askElsewhere(before: ParsedQuery, { scope, excluded }: ParsedQuery): ParsedQuery {
  return { ...before, scope, excluded: [...before.excluded, ...excluded] };
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

/** «And quasars?» names what nothing that was found holds, though an «and» stands in most: then what was asked before is no answer to it. */
function isElliptic(question: string, found: readonly RankedPassage[], isRelevant: IsRelevant): boolean {
  if (analyzeText(question).length > ellipticTerms) return false;
  const isHeld = found.some((passage) => passage.wordCoverage >= leastOwnCoverage || isRelevant(passage));
  return isHeld || saysNothingByItself(segmentWords(compatibilityForm(question)));
}

/**
 * Joins what was found for a question alone with what was found for it together with the question before: the scores, each as a share of the best
 * of its search, are added.
 * @param leansWholly the question says nothing without the one before it
 */
function joinResults(own: SearchResult, together: SearchResult, leansWholly: boolean, isRelevant: IsRelevant): RankedPassage[] {
  const byItself = new Map(own.passages.map((passage) => [passage.passageId, passage]));
  const passages = new Map(own.passages.map((passage) => [passage.passageId, passage]));
  for (const passage of together.passages) {
    const alone = byItself.get(passage.passageId);
    const bears = leansWholly || (alone && (alone.wordCoverage >= leastOwnCoverage || isRelevant(alone)));
    if (!bears) passages.delete(passage.passageId);
    else if (!alone || alone.wordCoverage < passage.wordCoverage)
      passages.set(passage.passageId, { ...passage, ...similarityOf(alone, passage) });
  }
  const scores = new Map<PassageId, number>();
  for (const result of [own, together]) {
    const best = result.passages[0]?.score ?? 0;
    for (const { passageId, score } of result.passages) scores.set(passageId, (scores.get(passageId) ?? 0) + (best > 0 ? score / best : 0));
  }
  const scored = [...passages.values()].map((passage) => ({ ...passage, score: scores.get(passage.passageId) ?? 0 }));
  return scored.sort((one, other) => other.score - one.score);
}

/** The greater of the two, if there is any. */
function similarityOf(alone: RankedPassage | undefined, together: RankedPassage): { similarity?: number } {
  const similarity = Math.max(alone?.similarity ?? -1, together.similarity ?? -1);
  return similarity > -1 ? { similarity } : {};
}

type IsRelevant = (passage: RankedPassage) => boolean;

/** @param results of one question, perhaps searched for in two ways */
function relevanceIn(results: readonly SearchResult[]): IsRelevant {
  const leastSimilarity = Math.min(...results.map(({ relevantSimilarity = 1 }) => relevantSimilarity));
  return ({ wordCoverage, similarity = -1 }) => wordCoverage >= relevantCoverage || similarity >= leastSimilarity;
}
