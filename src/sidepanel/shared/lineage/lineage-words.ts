import { priceOf } from '../../../core/models/model-prices';
import { type Retirement, retirementOf, retirementState } from '../../../core/models/model-retirement';
import { localDay } from '../../../core/spending/local-day';
import { epochsOf, type ModelLineage } from '../../../core/tuning/training/model-lineage';
import { formatDate } from '../../../view/format-date';
import { formatPriceUsd } from '../../../view/format-usd';
import { t, tCount } from '../../../view/translate';
import type { TunedModelsKnown } from './tuned-models';

/** Where a tuned model is from, what it costs and how long its base is there: each in a sentence, as far as it is known. */
export function lineageWords(lineage: ModelLineage, { baseUrl, prices }: Pick<TunedModelsKnown, 'baseUrl' | 'prices'>): string[] {
  const { model, base, step, job } = lineage;
  const price = priceOf(job?.baseUrl ?? baseUrl, model, prices);
  const retirement = retirementOfBase(lineage, baseUrl);
  return [
    base === undefined ? t('lineage_tuned') : t('lineage_base', base),
    step === undefined ? '' : t('lineage_step', step),
    job
      ? t(
          job.plan.method === 'dpo' ? 'lineage_job_dpo' : 'lineage_job_supervised',
          formatDate(job.finishedAt ?? job.createdAt),
          tCount('lineage_examples', job.training.examples),
          tCount('lineage_epochs', epochsOf(job)),
          t('plain_number', job.trainedTokens ?? job.training.tokens * epochsOf(job)),
        )
      : '',
    price.kind === 'known' && price.price.usdPerMillionInput !== undefined && price.price.usdPerMillionOutput !== undefined
      ? t('lineage_price', formatPriceUsd(price.price.usdPerMillionInput), formatPriceUsd(price.price.usdPerMillionOutput))
      : '',
    retirement ? retirementWords(retirement) : '',
  ].filter(Boolean);
}

/** @param baseUrl the server that is set, where no job says which one has it */
export function retirementOfBase({ base, job }: ModelLineage, baseUrl: string): Retirement | undefined {
  return base === undefined ? undefined : retirementOf(job?.baseUrl ?? baseUrl, base);
}

function retirementWords(retirement: Retirement): string {
  const isPast = retirementState(retirement, localDay(Date.now())) === 'past';
  return t(isPast ? 'lineage_retired' : 'lineage_retires', formatDate(retirement.on), formatDate(retirement.date));
}
