import type { JudgedSide } from '../../../core/tuning/judging/judgement';
import { t } from '../../../view/translate';

/** A side by its model, and by whether it answers from the library. */
export function sideWords({ model, withRetrieval }: JudgedSide): string {
  return t(withRetrieval ? 'judge_side_with' : 'judge_side_without', model);
}
