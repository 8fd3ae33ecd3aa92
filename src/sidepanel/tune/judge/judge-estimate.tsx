import type { Cost } from '../../../core/models/model-prices';
import { formatPriceUsd } from '../../../view/format-usd';
import { t, tCount } from '../../../view/translate';
import { costWords } from '../../shared/cost-words';
import type { JudgeState } from './judge-state';
import { sideWords } from './side-words';

/** What asking would cost, before anything is asked. */
export function JudgeEstimate({ judge }: { readonly judge: JudgeState }) {
  const estimate = judge.estimate.value;
  if (!estimate) return null;
  const { sides } = judge.draft.value;
  const { questions, learned, isTrainingUnknown, costs, cap } = estimate;
  if (questions === 0) {
    return <p role="status">{learned === 0 ? t('problem_nothing_held_out') : tCount('judge_all_learned', learned)}</p>;
  }
  return (
    <div class="judge-estimate" role="status">
      <p>
        {tCount('judge_would_ask', questions)} {learned > 0 && tCount('judge_learned', learned)}
      </p>
      {isTrainingUnknown && <p class="soft small">{t('judge_training_unknown')}</p>}
      <ul>
        {sides.map((side, at) => (
          <li key={at}>
            {sideWords(side)}: {costWords(costs[at] ?? { kind: 'unknown' })}
          </li>
        ))}
      </ul>
      <p>{t('compare_total', costWords(totalOf(costs)))}</p>
      {cap && <p class="judge-elsewhere">{t('judge_cap', formatPriceUsd(cap.leftUsd), formatPriceUsd(cap.usd))}</p>}
      <div class="actions">
        <button type="button" class="button primary" disabled={judge.isBusy.value} onClick={() => void judge.start()}>
          {t('judge_start')}
        </button>
      </div>
    </div>
  );
}

/** Not known when one of them is not. */
function totalOf(costs: readonly Cost[]): Cost {
  if (costs.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' };
  if (costs.every(({ kind }) => kind === 'local')) return { kind: 'local' };
  return { kind: 'known', usd: costs.reduce((sum, cost) => sum + (cost.kind === 'known' ? cost.usd : 0), 0) };
}
