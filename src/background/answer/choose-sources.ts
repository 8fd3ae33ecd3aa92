import type { PromptInput, Turn } from '../../core/build-prompt';
import type { ChatModel } from '../../models/chat-model';
import type { AnswerInProgress } from './answer-in-progress';
import { fitToBudget } from './compose-prompt';
import type { GatheredSources } from './gather-sources';
import type { PreparedAnswer } from './prepare-answer';

/** Passages shown when no model writes from them. */
const passagesQuoted = 5;

/**
 * Decides what is read of what was gathered, and notes it with the answer.
 * @param history what a model is told of the conversation, the oldest turn first
 * @returns what a model is sent
 */
export async function chooseSources(
  progress: AnswerInProgress,
  { understood, compose }: PreparedAnswer,
  gathered: GatheredSources,
  history: readonly Turn[],
  model: ChatModel | undefined,
  contextTokens = progress.tools.contextTokens,
): Promise<PromptInput> {
  const { sources, searched, passagesInScope } = gathered;
  const { tools, mayBeOwn } = progress;
  const whole = compose(gathered, history);
  const prompt = model ? await fitToBudget(whole, { ...tools, contextTokens }) : whole;
  const used = sources.slice(0, model ? prompt.passages.length : passagesQuoted);
  const turnsLeftOut = history.length - prompt.history.length;
  // What did not fit was not read after all.
  const { isWhole, ...rest } = searched;
  progress.read = used;
  progress.change({
    kind: model && (used.length > 0 || mayBeOwn) ? 'written' : used.length > 0 ? 'quoted' : 'nothing-found',
    sources: used.map(({ source }) => source),
    report: {
      ...(isWhole && used.length === sources.length ? searched : rest),
      ...(model && mayBeOwn ? { mayBeOwn } : {}),
      passagesUsed: used.length,
      pagesUsed: new Set(used.map(({ source }) => source.pageId)).size,
      ...(turnsLeftOut > 0 ? { turnsLeftOut } : {}),
      ...(passagesInScope ? { shareRead: Math.min(1, used.length / passagesInScope) } : {}),
    },
    ...(understood.assistant ? { assistant: understood.assistant.name } : {}),
  });
  return prompt;
}
