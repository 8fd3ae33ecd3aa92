import type { IngestProgress } from '../../core/job';
import { t } from '../../view/translate';
import { ProgressBar } from './progress-bar';

/** The step a page is at on its way into the library, how far it is, and a bar. */
export function IngestProgressLine({ progress }: { readonly progress: IngestProgress }) {
  const step = t(`step_${progress.step}`);
  return (
    <div class="progress-line">
      <p class="small soft">
        <span role="status">{step}</span>
        <span>{t('percent', Math.round(progress.percent))}</span>
      </p>
      <ProgressBar label={step} percent={Math.round(progress.percent)} />
    </div>
  );
}
