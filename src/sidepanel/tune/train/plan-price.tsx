import type { TuningPlanEstimate } from '../../../protocol/tuning-job-requests';
import { formatBytes } from '../../../view/format-bytes';
import { formatDate } from '../../../view/format-date';
import { formatPriceUsd, formatUsd } from '../../../view/format-usd';
import { t, tCount } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { ProgressBar } from '../../shared/progress-bar';
import { costWords } from './cost-words';
import { type ProblemActions, ProblemWay } from './problem-way';
import { serviceAt } from './service-at';
import type { TrainState } from './train-state';

interface PlanPriceProps {
  readonly train: TrainState;
  readonly actions: ProblemActions;
}

/** What the plan comes to, before anything leaves; and the button that begins it, which names the price. */
export function PlanPrice({ train, actions }: PlanPriceProps) {
  const working = train.working.value;
  const estimate = train.estimate.value;
  const isCounting = working === 'pricing' || working === 'starting';
  return (
    <>
      <div class="actions">
        {/* It shows a known price, too, so that it need not go while it has the focus. */}
        <button type="submit" class="button" disabled={working !== undefined}>
          {t('train_price')}
        </button>
        {isCounting && (
          <button type="button" class="button" onClick={train.stopCounting}>
            {t('stop')}
          </button>
        )}
      </div>
      {isCounting && <ProgressBar label={t('train_pricing')} percent={train.countedPercent.value} />}
      <p class="visually-hidden" role="status">
        {isCounting ? t('train_pricing') : estimate && costWords(estimate.usd)}
      </p>
      {estimate && <Estimate estimate={estimate} train={train} actions={actions} />}
    </>
  );
}

function Estimate({ estimate, train, actions }: PlanPriceProps & { readonly estimate: TuningPlanEstimate }) {
  const { training, validation, epochs, usd, usdPerMillionTrained, priceDate } = estimate;
  const { method, service } = train.plan.value;
  const working = train.working.value;
  // Access is asked for by the click that begins it.
  const hindrances = estimate.hindrances.filter(({ code }) => code !== 'model-permission-missing');
  return (
    <>
      <dl class="train-facts">
        <Fact name={t('tuning_split_train')}>
          {tCount(method === 'dpo' ? 'train_pairs' : 'tune_examples', training.examples)}, {tCount('tune_tokens', training.tokens)}
        </Fact>
        {validation && (
          <Fact name={t('tuning_split_validation')}>
            {tCount('tune_examples', validation.examples)}, {tCount('tune_tokens', validation.tokens)}
          </Fact>
        )}
        <Fact name={t('train_epochs')}>{epochs}</Fact>
        <Fact name={t('train_million_tokens')}>
          {usdPerMillionTrained === undefined ? t('price_unknown') : datedPrice(usdPerMillionTrained, priceDate)}
        </Fact>
        <Fact name={t('tune_price_usd')}>
          <strong>{costWords(usd)}</strong>
        </Fact>
      </dl>
      <p class="small soft">
        {t('train_sends', formatBytes(training.bytes + (validation?.bytes ?? 0)), serviceAt(service, estimate.baseUrl))}{' '}
        {t(method === 'dpo' ? 'train_estimated_pairs' : 'train_estimated')}
      </p>
      {hindrances.map((problem) => (
        <ProblemNotice key={problem.code} problem={problem}>
          <ProblemWay problem={problem} service={service} train={train} actions={actions} />
        </ProblemNotice>
      ))}
      {hindrances.length === 0 && (
        <div class="actions">
          <button type="button" class="button primary" disabled={working !== undefined} onClick={() => void train.start()}>
            {working === 'starting' ? t('train_starting') : startWords(usd)}
          </button>
          {train.isNotified.value === false && (
            <button type="button" class="button quiet" onClick={() => void train.notify()}>
              {t('train_notify')}
            </button>
          )}
          <span class="small soft" role="status">
            {train.isNotified.value && t('train_notified')}
          </span>
        </div>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt class="soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function startWords(usd: number | undefined): string {
  if (usd === undefined) return t('train_do_unpriced');
  return usd === 0 ? t('train_do_free') : t('train_do', formatUsd(usd));
}

/** @param date absent when the person entered the price, or nobody sends a bill */
function datedPrice(usd: number, date: string | undefined): string {
  return date === undefined ? formatPriceUsd(usd) : t('train_price_dated', formatPriceUsd(usd), formatDate(date));
}
