import type { CheckProblem } from '../../core/tuning/check/check-problem';
import { t } from '../../view/translate';

export type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}` ? `${Head}_${Underscored<Tail>}` : Text;

export function underscored<Text extends string>(text: Text): Underscored<Text> {
  return text.replaceAll('-', '_') as Underscored<Text>;
}

/** What is wrong in a line of a file. */
export function flawWords({ code, detail }: Pick<CheckProblem, 'code' | 'detail'>): string {
  return t(`tuning_problem_${underscored(code)}`, detail ?? '');
}

/** What is wrong with an example, or with all of them. */
export function problemMessage({ code, detail, otherLine }: CheckProblem): string {
  return t(`tuning_problem_${underscored(code)}`, otherLine === undefined ? (detail ?? '') : t('tuning_example', otherLine));
}
