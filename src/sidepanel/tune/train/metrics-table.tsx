import type { TrainingMetrics } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import { rowsOf } from './course-data';
import { formatAccuracy, formatLoss } from './course-words';

const mostRows = 25;

/** The figures of the plots. */
export function MetricsTable({ metrics }: { readonly metrics: readonly TrainingMetrics[] }) {
  const rows = rowsOf(metrics, mostRows);
  const figure = (value: number | undefined, format: (value: number) => string) => (value === undefined ? '–' : format(value));
  return (
    <details>
      <summary>{t('train_figures')}</summary>
      {rows.length < metrics.length && <p class="small soft">{t('train_some_steps', rows.length, metrics.length)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it sideways */}
      <div class="table-frame" tabIndex={0}>
        <table class="train-metrics small">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('train_column_step')}
              </th>
              <th scope="colgroup" colSpan={2}>
                {t('train_loss')}
              </th>
              <th scope="colgroup" colSpan={2}>
                {t('train_accuracy')}
              </th>
            </tr>
            <tr>
              {[0, 1].map((group) => (
                <>
                  <th key={`training ${group}`} scope="col">
                    {t('tuning_split_train')}
                  </th>
                  <th key={`validation ${group}`} scope="col">
                    {t('tuning_split_validation')}
                  </th>
                </>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ step, trainingLoss, validationLoss, trainingAccuracy, validationAccuracy }) => (
              <tr key={step}>
                <th scope="row">{step.toLocaleString()}</th>
                <td>{figure(trainingLoss, formatLoss)}</td>
                <td>{figure(validationLoss, formatLoss)}</td>
                <td>{figure(trainingAccuracy, formatAccuracy)}</td>
                <td>{figure(validationAccuracy, formatAccuracy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
