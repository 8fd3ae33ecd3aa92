import type { AnswerMessage } from '../../core/conversation/conversation';
import type { PromptInput } from '../../core/prompt/build-prompt';
import type { AnswerTools } from './answer-tools';
import { fitToBudget } from './compose-prompt';
import type { ToldConversation } from './condense-history';
import type { SourceWithText } from './describe-sources';
import type { GatheredSources } from './gather-sources';
import type { PreparedAnswer } from './prepare-answer';

/** Passages shown when no model writes from them. */
const passagesQuoted = 5;

export interface ChosenSources {
  /** What a model is sent. */
  readonly prompt: PromptInput;
  readonly read: readonly SourceWithText[];
  /** What is kept of it with the answer. */
  readonly noted: Pick<AnswerMessage, 'kind' | 'sources' | 'report' | 'condensed' | 'assistant' | 'asked'>;
}

/**
 * Decides what is read of what was gathered, and of the conversation.
 * @param isWritten whether a model writes the answer
 */
export async function chooseSources(
  { understood, mayBeOwn, compose }: PreparedAnswer,
  gathered: GatheredSources,
  { history, condensed }: ToldConversation,
  isWritten: boolean,
  tools: Pick<AnswerTools, 'contextTokens' | 'countTokens'>,
): Promise<ChosenSources> {
  const { sources, searched, passagesInScope, asked } = gathered;
  const whole = compose(gathered, history);
  const prompt = isWritten ? await fitToBudget(whole, tools) : whole;
  const read = sources.slice(0, isWritten ? prompt.passages.length : passagesQuoted);
  const left = history.length - prompt.history.length;
  // What was condensed comes first, so it is the first to be left out, with all that it stands for.
  const isCondensedLeftOut = condensed !== undefined && left > 0;
  const turnsLeftOut = isCondensedLeftOut ? left - 1 + condensed.turns : left;
  // What did not fit was not read after all.
  const { isWhole, ...rest } = searched;
  return {
    prompt,
    read,
    noted: {
      kind: isWritten && (read.length > 0 || mayBeOwn) ? 'written' : read.length > 0 ? 'quoted' : 'nothing-found',
      sources: read.map(({ source }) => source),
      report: {
        ...(isWhole && read.length === sources.length ? searched : rest),
        ...(isWritten && mayBeOwn ? { mayBeOwn } : {}),
        passagesUsed: read.length,
        pagesUsed: new Set(read.map(({ source }) => source.pageId)).size,
        ...(turnsLeftOut > 0 ? { turnsLeftOut } : {}),
        ...(passagesInScope ? { shareRead: Math.min(1, read.length / passagesInScope) } : {}),
      },
      ...(condensed ? { condensed: isCondensedLeftOut ? { ...condensed, isLeftOut: true } : condensed } : {}),
      ...(understood.assistant ? { assistant: understood.assistant.name } : {}),
      ...(asked ? { asked } : {}),
    },
  };
}
