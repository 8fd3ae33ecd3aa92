import { costOfTokens, type PriceEdit, priceOf } from '../../core/models/model-prices';
import { formatSmallUsd } from '../../view/format-usd';
import { t } from '../../view/translate';
import type { SettingsState } from '../state/settings-state';

interface ContextCostProps {
  readonly settings: SettingsState;
  readonly prices: readonly PriceEdit[];
}

/** What the budget of a question means in money with the model that is chosen. */
export function ContextCost({ settings, prices }: ContextCostProps) {
  const { baseUrl, chatModel, contextTokens } = settings.draft.value;
  const cost = costOfTokens(priceOf(baseUrl, chatModel, prices), { promptTokens: contextTokens, completionTokens: 0 });
  const words = {
    known: () => t('context_cost', cost.kind === 'known' ? formatSmallUsd(cost.usd) : '', chatModel),
    local: () => t('context_cost_free'),
    unknown: () => t('context_cost_unknown', chatModel),
  };
  return <p class="small soft">{words[cost.kind]()}</p>;
}
