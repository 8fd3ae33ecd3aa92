import type { SpendingSettings, SpentOfCap } from '../core/spending/spending-settings';
import type { UsageMonth, UsageRow, UsageSum } from '../core/spending/usage-row';

export interface SpendingStatus extends SpendingSettings, SpentOfCap {
  /** The present one, such as `2026-11`. */
  readonly month: string;
  /** Calls of this month that the cap can't see, for their price was not known. */
  readonly unpricedCalls: number;
}

/** What may be asked of the worker about money. */
export interface SpendingRequests {
  'spending/status': { data: null; reply: SpendingStatus };
  /** Work that waits because of the cap goes on as far as the new one lets it. */
  'spending/write': { data: { settings: SpendingSettings }; reply: SpendingStatus };
  /** Months in which anything was called, the latest first. */
  'spending/months': { data: null; reply: readonly UsageMonth[] };
  /** What was called in a month, by day, model and purpose. */
  'spending/sums': { data: { month: string }; reply: readonly UsageSum[] };
  /** Each call of a month. */
  'spending/calls': { data: { month: string }; reply: readonly UsageRow[] };
}
