import type { PriceEdit } from '../models/model-prices';

/** What the person set about money. */
export interface SpendingSettings {
  /** The most that may be spent in a month; absent when there is no limit. */
  readonly capUsd?: number;
  /** Prices of their own. */
  readonly prices: readonly PriceEdit[];
}

export const defaultSpendingSettings: SpendingSettings = { prices: [] };

/** What a month has come to, beside what it may. */
export interface SpentOfCap {
  readonly spentUsd: number;
  readonly capUsd?: number;
}

/** From here on the person is told how near the cap is. */
const warnedShare = 0.8;

export function capState({ spentUsd, capUsd }: SpentOfCap): 'far' | 'near' | 'reached' {
  if (capUsd === undefined || spentUsd < capUsd * warnedShare) return 'far';
  return spentUsd < capUsd ? 'near' : 'reached';
}

/** Whether something may not be begun. What costs nothing passes no cap; of what is not priced nobody knows, so that it is begun until the cap is reached. */
export function passesCap({ spentUsd, capUsd }: SpentOfCap, usd: number, isUnpriced = false): boolean {
  if (capUsd === undefined) return false;
  return (usd > 0 && spentUsd + usd > capUsd) || (isUnpriced && spentUsd >= capUsd);
}
