import type { Turn } from '../../../core/prompt/build-prompt';
import { questionOf, systemPromptOf, type TuningExample } from '../../../core/tuning/example';
import type { JudgedQuestion } from '../../../core/tuning/judging/judgement';

/**
 * What an example asks, as a model would be asked it: with its system prompt and what was said before. What was retrieved for it is
 * left out: a side with retrieval finds its own.
 * @returns nothing for one that asks nothing
 */
export function heldOutQuestion(example: TuningExample): JudgedQuestion | undefined {
  const text = questionOf(example).trim();
  if (text === '') return undefined;
  const instructions = systemPromptOf(example)?.trim();
  const history = turnsBefore(example);
  const reference = example.answer?.content.trim();
  return {
    text,
    ...(history.length > 0 ? { history } : {}),
    ...(instructions ? { instructions } : {}),
    ...(reference ? { reference } : {}),
  };
}

/** Questions with their answers; turns of tools, and those that had no answer, are nobody's. */
function turnsBefore({ conversation }: TuningExample): Turn[] {
  const asked = conversation.findLastIndex(({ role }) => role === 'user');
  const spoken = conversation.slice(0, asked).filter(({ role }) => role === 'user' || role === 'assistant');
  return spoken.flatMap(({ role, content }, index) => {
    const before = spoken[index - 1];
    return role === 'assistant' && before?.role === 'user' && content !== '' ? [{ question: before.content, answer: content }] : [];
  });
}
