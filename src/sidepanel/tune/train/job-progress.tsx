import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import { formatBytes } from '../../../view/format-bytes';
import { formatDateTime } from '../../../view/format-date';
import { formatUsd } from '../../../view/format-usd';
import { t } from '../../../view/translate';
import { ProgressBar } from '../../shared/progress-bar';

/** How far a training is that has not ended. */
export function JobProgress({ job }: { readonly job: TuningJob }) {
  const { state, training, validation, estimatedFinishAt, estimate } = job;
  const files = [training, ...(validation ? [validation] : [])];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const sentBytes = files.reduce((sum, file) => sum + file.sentBytes, 0);
  const words = [
    ...(state === 'uploading' ? [t('train_sent', formatBytes(sentBytes), formatBytes(bytes))] : []),
    ...(estimate.usd ? [t('train_estimate', formatUsd(estimate.usd))] : []),
    ...(estimatedFinishAt === undefined ? [] : [t('train_finish', formatDateTime(estimatedFinishAt))]),
  ];
  return (
    <>
      {state === 'uploading' && <ProgressBar label={t('train_uploading')} percent={Math.floor((100 * sentBytes) / Math.max(1, bytes))} />}
      <p class="small soft train-figures">{words.join(' · ')}</p>
    </>
  );
}
