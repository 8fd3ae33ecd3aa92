import { type Turn, tokensForPassages } from '../../core/build-prompt';
import { chooseContext } from '../../core/choose-context';
import type { QuestionMessage, SearchReport } from '../../core/conversation';
import { estimateTokens } from '../../core/estimate-tokens';
import { isNarrowed } from '../../core/matches-scope';
import { findPassages } from '../find/find-passages';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { estimateMargin } from './compose-prompt';
import { answered } from './conversation-turns';
import { describeSources, type SourceWithText } from './describe-sources';
import { readFoundPassages } from './read-found-passages';

/** Passages given to the model at most. */
const passagesForModel = 8;

export interface GatheredSources {
  /** The best first. */
  readonly sources: readonly SourceWithText[];
  readonly searched: Omit<SearchReport, 'passagesUsed' | 'pagesUsed'>;
}

/**
 * Finds what of the library a question is to be answered from.
 * @param turns of the conversation before it, the oldest first
 * @param standalone the question in words that need nothing before it, where there are such
 */
export async function gatherSources(
  question: QuestionMessage,
  turns: readonly Turn[],
  { library, searcher, embeddingModel, contextTokens }: AnswerTools,
  signal: AbortSignal,
  standalone?: string,
): Promise<GatheredSources> {
  const embedding = await attempt(embeddingModel);
  const found = await findPassages(
    question.text,
    { questions: turns.map((turn) => turn.question), ...(standalone ? { standalone } : {}) },
    { searcher, embeddingModel: 'value' in embedding ? embedding.value : undefined },
    signal,
    question.choices?.scope,
  );
  const { query, pagesSearched, passagesNotSearched } = found;
  const context = chooseContext(await readFoundPassages(library, found.passages), query.text, {
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
