import type { SpendingSettings } from '../../core/spending/spending-settings';

/** What a backup says of money joins what the person has set, and changes none of it: a cap least of all. */
export function uniteSpending(own: SpendingSettings, restored: SpendingSettings): SpendingSettings {
  const capUsd = own.capUsd ?? restored.capUsd;
  const added = restored.prices.filter(({ host, model }) => !own.prices.some((one) => one.host === host && one.model === model));
  return { ...(capUsd === undefined ? {} : { capUsd }), prices: [...own.prices, ...added] };
}
