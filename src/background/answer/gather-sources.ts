import type { SearchReport } from '../../core/conversation/conversation';
import type { Reading } from '../../core/pages/reading';
import { type PromptInput, promptTokens, type Turn, tokensForPassages } from '../../core/prompt/build-prompt';
import type { AskedVector } from '../../core/retrieval-tuning/asked-vector';
import { chooseContext, type ReadPassage } from '../../core/search/choose-context';
import { intersectScopes } from '../../core/search/intersect-scopes';
import { isNarrowed } from '../../core/search/matches-scope';
import { parseQuery } from '../../core/search/parse-query';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { holdsExcluded, type PassageWords } from '../../storage/lexical/holds-excluded';
import { readReadings } from '../../storage/pages/readings';
import { findPassages } from '../find/find-passages';
import type { AnswerTools } from './answer-tools';
import { withReadings } from './asked-readings';
import { attempt } from './attempt';
import { estimateMargin, promptPassage } from './compose-prompt';
import { describeSources, type SourceWithText } from './describe-sources';
import { readFoundPassages } from './read-found-passages';
import { readInOrder } from './read-in-order';
import { readWholeScope } from './read-whole-scope';
import type { Understood } from './understand-question';

/** Passages given to the model at most. */
const passagesForModel = 8;

/**
 * What is sent whole though nobody pointed at it, at most, in tokens: some four times what is found for a question. Nothing that answers it is
 * missed then, for a cent at the dearest models that are commonly used; beyond that, what is missed costs less than what is sent for nothing, with each
 * question anew. Pages that the person pointed at are meant to be read, so they are sent whole as far as there is room.
 */
const mostTokensUnnamed = 12_000;

export interface GatherChoices {
  /** Whether a model writes the answer: it can read all there is, where a person wants to be shown what bears on the question. */
  readonly isWritten: boolean;
  /** The question in words that need nothing before it, where there are such. */
  readonly standalone?: string;
}

export interface GatheredSources {
  /** The best first; in the order of their pages, when all of them are read. */
  readonly sources: readonly SourceWithText[];
  readonly searched: Omit<SearchReport, 'passagesUsed' | 'pagesUsed' | 'shareRead'>;
  /** How many passages there are where part of the text was read in its order; absent when it was searched, or read whole. */
  readonly passagesInScope?: number;
  /** What was searched for by its vector, to be learned from; absent when nothing was. */
  readonly asked?: AskedVector;
}

/** All of what is sent but the passages. */
type PromptBesides = Omit<PromptInput, 'passages' | 'nonce'>;

/**
 * Gathers what of the library, and of what was read for the question, it is to be answered from.
 * @param turns of the conversation before it, the oldest first
 */
export async function gatherSources(
  understood: Understood,
  prompt: PromptBesides,
  turns: readonly Turn[],
  tools: AnswerTools,
  signal: AbortSignal,
  { isWritten, standalone }: GatherChoices,
): Promise<GatheredSources> {
  const readings = await readReadings(tools.library, understood.scope.pageIds ?? []);
  const whole = isWritten ? await gatherWhole(understood, prompt, readings, tools) : undefined;
  if (whole) return whole;
  if (understood.readsInOrder) return gatherInOrder(understood, prompt, readings, tools, signal);
  return findSources(understood, prompt, turns, readings, tools, signal, standalone);
}

/** All of the scope, if it fits with the question and the turns before it. */
async function gatherWhole(
  { sought, readsInOrder, scope: chosen }: Understood,
  prompt: PromptBesides,
  readings: readonly Reading[],
  { library, contextTokens, newNonce }: AnswerTools,
): Promise<GatheredSources | undefined> {
  const asked = parseQuery(sought);
  // Operators alone ask the question before again, and what is not wanted must be left out: both are a search's work.
  if (asked.excluded.length > 0 || (!readsInOrder && asked.text === '')) return undefined;
  const scope = intersectScopes(chosen, asked.scope);
  const budget = contextTokens / estimateMargin;
  const context = await readWholeScope(
    library,
    readings,
    scope,
    readsInOrder || scope.pageIds ? budget : Math.min(budget, mostTokensUnnamed),
  );
  if (!context) return undefined;
  const sources = describeSources(context);
  const whole = { ...prompt, passages: sources.map(promptPassage), nonce: newNonce() };
  if (promptTokens(whole, estimateTokens) > budget) return undefined;
  const pagesSearched = new Set(sources.map(({ source }) => source.pageId)).size;
  return { sources, searched: { pagesSearched, isWhole: true, ...(isNarrowed(scope) ? { scope } : {}) } };
}

/** The text of the scope from its beginning, as far as there is room. */
async function gatherInOrder(
  { sought, scope: chosen }: Understood,
  prompt: PromptBesides,
  readings: readonly Reading[],
  { library, contextTokens }: AnswerTools,
  signal: AbortSignal,
): Promise<GatheredSources> {
  const { scope: written, excluded } = parseQuery(sought);
  const scope = intersectScopes(chosen, written);
  const budgetTokens = tokensForPassages(prompt, contextTokens / estimateMargin, estimateTokens);
  const read = await readInOrder(library, readings, scope, budgetTokens, signal);
  const { pages, passagesInScope } = read;
  const passages = read.passages.filter(({ best }) => !holdsExcluded(wordsOf(best), excluded));
  const searched = { pagesSearched: pages, ...(isNarrowed(scope) ? { scope } : {}) };
  return { sources: describeSources(passages), passagesInScope, searched };
}

async function findSources(
  { sought, scope }: Understood,
  prompt: PromptBesides,
  turns: readonly Turn[],
  readings: readonly Reading[],
  { library, searcher, embeddingModel, retrievalTuning, contextTokens }: AnswerTools,
  signal: AbortSignal,
  standalone?: string,
): Promise<GatheredSources> {
  const embedding = await attempt(embeddingModel);
  const found = await findPassages(
    sought,
    { questions: turns.map((turn) => turn.question), ...(standalone ? { standalone } : {}) },
    {
      searcher: withReadings(searcher, readings),
      embeddingModel: 'value' in embedding ? embedding.value : undefined,
      ...(retrievalTuning ? { tuning: retrievalTuning } : {}),
    },
    signal,
    scope,
  );
  const { query, pagesSearched, passagesNotSearched } = found;
  const context = chooseContext(await readFoundPassages(library, found.passages, readings), query.text, {
    passages: passagesForModel,
    budgetTokens: tokensForPassages(prompt, contextTokens / estimateMargin, estimateTokens),
    foundOnly: query.excluded.length > 0,
  });
  const byWordsOnly = found.byWordsOnly ?? 'error' in embedding;
  return {
    sources: describeSources(context),
    ...(found.asked ? { asked: found.asked } : {}),
    searched: {
      pagesSearched,
      ...(standalone && standalone !== query.text ? { searchedFor: standalone } : {}),
      ...(byWordsOnly ? { byWordsOnly } : {}),
      ...(isNarrowed(query.scope) ? { scope: query.scope } : {}),
      ...(passagesNotSearched ? { passagesNotSearched } : {}),
    },
  };
}

/** As a search for words that are not wanted looks at it. */
function wordsOf({ page, pageVersion, headingPath, start, end }: ReadPassage): PassageWords {
  return {
    title: page.title,
    body: pageVersion.text.slice(start, end),
    passage: { headingPath },
    language: page.language,
  };
}
