/** `reading`: what the person opened and cited; `finding`: what the search takes for answers; `choosing` and `checking`: by searching the library. */
export type TuningStage = 'reading' | 'finding' | 'training' | 'choosing' | 'checking';

/** What came of one training, to be shown and kept. */
export interface TuningFigures {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** Questions that were learned from, that chose, and that were checked with. */
  readonly questions: { readonly train: number; readonly choose: number; readonly check: number };
  /** nDCG@10 on those that were checked with, as search is without tuning and with what was found best. */
  readonly before: number;
  readonly after: number;
  /** The lowest and highest difference that other questions of the same kind would show, in nine cases of ten. */
  readonly low: number;
  readonly high: number;
  /**
   * - `kept`: it does better than chance would.
   * - `nothing-better`: of what was tried, nothing did better than search as it is.
   * - `not-sure`: what was found does better, or worse, by no more than chance would.
   */
  readonly outcome: 'kept' | 'nothing-better' | 'not-sure';
}
