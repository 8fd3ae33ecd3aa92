import { fitPrompt, type PromptInput, type PromptPassage, promptTokens } from '../../core/prompt/build-prompt';
import { estimateTokens } from '../../core/text/estimate-tokens';
import type { AnswerTools } from './answer-tools';
import type { SourceWithText } from './describe-sources';

/** Estimates fall short by a quarter at most (docs/measurements.md), so an exact count, which takes a second to prepare, is made only near the limit. */
export const estimateMargin = 1.4;

/** Leaves out of a prompt what its budget has no room for. */
export async function fitToBudget(
  prompt: PromptInput,
  { contextTokens, countTokens }: Pick<AnswerTools, 'contextTokens' | 'countTokens'>,
): Promise<PromptInput> {
  if (promptTokens(prompt, estimateTokens) * estimateMargin <= contextTokens) return prompt;
  return fitPrompt(prompt, contextTokens, await countTokens());
}

export function promptPassage({ source, text }: SourceWithText): PromptPassage {
  return { number: source.number, title: source.title, site: source.site, headingPath: source.headingPath, text };
}
