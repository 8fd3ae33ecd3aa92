import type { IngestProgress } from '../../core/pages/job';
import { t } from '../../view/translate';
import { ProgressLine } from './progress-line';

/** The step a page is at on its way into the library, and how far it is. */
export function IngestProgressLine({ progress }: { readonly progress: IngestProgress }) {
  return <ProgressLine label={t(`step_${progress.step}`)} percent={Math.round(progress.percent)} />;
}
