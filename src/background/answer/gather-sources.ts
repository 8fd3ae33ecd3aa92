import { promptTokens, type Turn, tokensForPassages } from '../../core/build-prompt';
import { chooseContext } from '../../core/choose-context';
import type { QuestionMessage, SearchReport } from '../../core/conversation';
import { estimateTokens } from '../../core/estimate-tokens';
import { intersectScopes } from '../../core/intersect-scopes';
import { isNarrowed } from '../../core/matches-scope';
import { parseQuery } from '../../core/parse-query';
import type { Reading } from '../../core/reading';
import { readReadings } from '../../storage/readings';
import { findPassages } from '../find/find-passages';
import type { AnswerTools } from './answer-tools';
import { withReadings } from './asked-readings';
import { attempt } from './attempt';
import { estimateMargin, promptPassage } from './compose-prompt';
import { answered } from './conversation-turns';
import { describeSources, type SourceWithText } from './describe-sources';
import { readFoundPassages } from './read-found-passages';
import { readWholeScope } from './read-whole-scope';

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
  readonly searched: Omit<SearchReport, 'passagesUsed' | 'pagesUsed'>;
}

/**
 * Gathers what of the library, and of what was read for the question, it is to be answered from.
 * @param turns of the conversation before it, the oldest first
 */
export async function gatherSources(
  question: QuestionMessage,
  turns: readonly Turn[],
  tools: AnswerTools,
  signal: AbortSignal,
  { isWritten, standalone }: GatherChoices,
): Promise<GatheredSources> {
  const readings = await readReadings(tools.library, question.choices?.scope?.pageIds ?? []);
  const whole = isWritten ? await gatherWhole(question, turns, readings, tools) : undefined;
  return whole ?? findSources(question, turns, readings, tools, signal, standalone);
}

/** All of the scope, if it fits with the question and the turns before it. */
async function gatherWhole(
  { text, choices }: QuestionMessage,
  turns: readonly Turn[],
  readings: readonly Reading[],
  { library, contextTokens, newNonce }: AnswerTools,
): Promise<GatheredSources | undefined> {
  const asked = parseQuery(text);
  // Operators alone ask the question before again, and what is not wanted must be left out: both are a search's work.
  if (asked.text === '' || asked.excluded.length > 0) return undefined;
  const scope = intersectScopes(choices?.scope ?? {}, asked.scope);
  const budget = contextTokens / estimateMargin;
  const context = await readWholeScope(library, readings, scope, scope.pageIds ? budget : Math.min(budget, mostTokensUnnamed));
  if (!context) return undefined;
  const sources = describeSources(context);
  const prompt = { question: asked.text, passages: sources.map(promptPassage), history: answered(turns), nonce: newNonce() };
  if (promptTokens(prompt, estimateTokens) > budget) return undefined;
  const pagesSearched = new Set(sources.map(({ source }) => source.pageId)).size;
  return { sources, searched: { pagesSearched, isWhole: true, ...(isNarrowed(scope) ? { scope } : {}) } };
}

async function findSources(
  question: QuestionMessage,
  turns: readonly Turn[],
  readings: readonly Reading[],
  { library, searcher, embeddingModel, contextTokens }: AnswerTools,
  signal: AbortSignal,
  standalone?: string,
): Promise<GatheredSources> {
  const embedding = await attempt(embeddingModel);
  const found = await findPassages(
    question.text,
    { questions: turns.map((turn) => turn.question), ...(standalone ? { standalone } : {}) },
    { searcher: withReadings(searcher, readings), embeddingModel: 'value' in embedding ? embedding.value : undefined },
    signal,
    question.choices?.scope,
  );
  const { query, pagesSearched, passagesNotSearched } = found;
  const context = chooseContext(await readFoundPassages(library, found.passages, readings), query.text, {
    passages: passagesForModel,
    budgetTokens: tokensForPassages(query.text, answered(turns), contextTokens / estimateMargin, estimateTokens),
    foundOnly: query.excluded.length > 0,
  });
  const byWordsOnly = found.byWordsOnly ?? 'error' in embedding;
  return {
    sources: describeSources(context),
    searched: {
      pagesSearched,
      ...(standalone && standalone !== query.text ? { searchedFor: standalone } : {}),
      ...(byWordsOnly ? { byWordsOnly } : {}),
      ...(isNarrowed(query.scope) ? { scope: query.scope } : {}),
      ...(passagesNotSearched ? { passagesNotSearched } : {}),
    },
  };
}
