import type { Problem, ProblemCode } from '../core/problem';
import { t } from './translate';

type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}` ? `${Head}_${Underscored<Tail>}` : Text;

/** What went wrong and what to do about it, in one or two sentences. */
export function problemWords(problem: Problem): string {
  return t(`problem_${problem.code.replaceAll('-', '_') as Underscored<ProblemCode>}`);
}
