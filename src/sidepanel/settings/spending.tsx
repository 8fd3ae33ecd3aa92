import { useEffect } from 'preact/hooks';
import { formatMonth } from '../../view/format-date';
import { formatSmallUsd } from '../../view/format-usd';
import { t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import type { SpendingState } from '../state/spending-state';
import { CapForm } from './cap-form';
import { Field } from './field';
import { OwnPrices } from './own-prices';
import { SpendingChart } from './spending-chart';
import { SpendingTable } from './spending-table';
import { usageFile } from './usage-file';

interface SpendingProps {
  readonly spending: SpendingState;
  readonly saveText: (name: string, text: string) => void;
}

/** What calls to models came to, what they may come to, and by which prices that is counted. */
export function Spending({ spending, saveText }: SpendingProps) {
  useEffect(() => void spending.load(), [spending]);
  const status = spending.status.value;
  const month = spending.month.value;
  const problem = spending.problem.value;
  if (!status || !month) return problem ? <ProblemNotice problem={problem} /> : null;
  const sums = spending.sums.value;
  const save = () => spending.exportCalls((calls) => saveText(`commonplace-spending-${month}.csv`, usageFile(calls)));
  return (
    <section class="settings-section spending" aria-labelledby="spending-heading">
      <h3 id="spending-heading">{t('spending')}</h3>
      <p class="soft">{t('spending_intro')}</p>
      <p>{t('spent_this_month', formatSmallUsd(status.spentUsd), formatMonth(status.month))}</p>
      {status.unpricedCalls > 0 && <p class="small">{tCount('unpriced_calls', status.unpricedCalls)}</p>}
      <CapForm key={status.capUsd} spending={spending} status={status} />
      {problem && <ProblemNotice problem={problem} />}
      <Field label={t('month')}>
        {(id) => (
          <select id={id} class="field" value={month} onChange={(event) => void spending.show(event.currentTarget.value)}>
            {spending.months.value.map((one) => (
              <option key={one.month} value={one.month}>
                {formatMonth(one.month)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {sums.length === 0 ? (
        <p class="soft">{t('nothing_spent')}</p>
      ) : (
        <>
          <SpendingChart month={month} sums={sums} />
          <SpendingTable sums={sums} />
          <div class="actions">
            <button type="button" class="button" onClick={() => void save()}>
              {t('export_spending')}
            </button>
          </div>
        </>
      )}
      <OwnPrices spending={spending} status={status} />
    </section>
  );
}
