import type { Cost } from '../../core/models/model-prices';
import { formatSmallUsd } from '../../view/format-usd';
import { t } from '../../view/translate';

/** What one call cost, in few words. */
export function costWords(cost: Cost): string {
  if (cost.kind === 'known') return formatSmallUsd(cost.usd);
  return t(cost.kind === 'local' ? 'cost_free' : 'price_unknown');
}
