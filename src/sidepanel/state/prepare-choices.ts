import { problemOf } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import type { AssistantsState } from './assistants-state';
import type { ScopeState } from './scope-state';

interface ChoosingStates {
  readonly scope: Pick<ScopeState, 'prepare' | 'problem'>;
  readonly assistants: Pick<AssistantsState, 'prepare'>;
}

/** How a question asked now is asked: of what, and who answers. @returns nothing when it cannot be, and then the scope's `problem` says why */
export async function prepareChoices(question: string, { scope, assistants }: ChoosingStates): Promise<AskChoices | undefined> {
  const choices = await scope.prepare();
  if (!choices) return undefined;
  try {
    return { ...choices, ...(await assistants.prepare(question)) };
  } catch (error) {
    scope.problem.value = problemOf(error);
    return undefined;
  }
}
