import type { EmbeddingCost } from '../../core/vectors/embedding-cost';
import { formatDate } from '../../view/format-date';
import { formatPriceUsd, formatUsd } from '../../view/format-usd';
import { t } from '../../view/translate';

/** What a provider will ask for it, as far as that is known. */
export function CostLine({ cost }: { readonly cost: EmbeddingCost }) {
  switch (cost.kind) {
    case 'known':
      return (
        <p>
          {cost.date === undefined
            ? t('cost_by_your_price', formatUsd(cost.usd), formatPriceUsd(cost.usdPerMillionTokens))
            : t('cost_known', formatUsd(cost.usd), formatPriceUsd(cost.usdPerMillionTokens), formatDate(cost.date))}
          {cost.cap && ` ${t('would_pass_cap', formatPriceUsd(cost.cap.leftUsd), formatPriceUsd(cost.cap.usd))}`}
        </p>
      );
    case 'local':
      return <p>{t('cost_local')}</p>;
    case 'unknown':
      return <p>{t('cost_unknown')}</p>;
  }
}
