import type { Cost } from '../../core/models/model-prices';
import { t, tCount } from '../../view/translate';
import { costWords } from '../shared/cost-words';
import type { ComparisonState } from '../state/comparison-state';

/** What asking would cost, before anything is asked. */
export function ComparisonEstimate({ comparison }: { readonly comparison: ComparisonState }) {
  const prepared = comparison.prepared.value;
  const candidates = comparison.candidates.value;
  if (!prepared) return null;
  if (!prepared.canAsk) {
    return (
      <>
        <p>{t('nothing_found')}</p>
        <BackButton comparison={comparison} />
      </>
    );
  }
  const { report, estimates } = prepared;
  return (
    <div class="comparison-estimate">
      {report.passagesUsed > 0 && (
        <p>{t('compare_same_passages', tCount('passages', report.passagesUsed), tCount('from_pages', report.pagesUsed))}</p>
      )}
      <ul>
        {estimates.map(({ promptTokens, completionTokens, cost }, index) => (
          <li key={index}>
            <b>{candidates[index]?.model}</b>{' '}
            <span class="soft">{t('compare_estimated', promptTokens, completionTokens, costWords(cost))}</span>
          </li>
        ))}
      </ul>
      <p>{t('compare_total', costWords(totalOf(estimates.map(({ cost }) => cost))))}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={comparison.ask}>
          {tCount('compare_ask', candidates.length)}
        </button>
        <BackButton comparison={comparison} />
      </div>
    </div>
  );
}

function BackButton({ comparison }: { readonly comparison: ComparisonState }) {
  return (
    <button type="button" class="button" onClick={comparison.reset}>
      {t('compare_back')}
    </button>
  );
}

/** Not known when one of them is not. */
function totalOf(costs: readonly Cost[]): Cost {
  if (costs.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' };
  if (costs.every(({ kind }) => kind === 'local')) return { kind: 'local' };
  return { kind: 'known', usd: costs.reduce((sum, cost) => sum + (cost.kind === 'known' ? cost.usd : 0), 0) };
}
