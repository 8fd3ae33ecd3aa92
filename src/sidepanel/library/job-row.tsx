import type { IngestProgress } from '../../core/pages/job';
import { formatTime } from '../../view/format-date';
import { t } from '../../view/translate';
import { ConfirmDelete } from '../shared/confirm-delete';
import { IngestProgressLine } from '../shared/ingest-progress-line';
import { ProblemNotice } from '../shared/problem-notice';
import { useAside } from '../shared/use-aside';
import type { LibraryState } from '../state/library-state';

interface JobRowProps {
  readonly progress: IngestProgress;
  readonly library: Pick<LibraryState, 'retryJob' | 'discardJob'>;
}

/** A page on its way: how far it is, or what stopped it and what can be done. */
export function JobRow({ progress, library }: JobRowProps) {
  const { aside, open, close, returnTo } = useAside<'discarding'>();
  const { jobId, title, step, problem, retryAt } = progress;
  if (aside) {
    const discard = () => void library.discardJob(jobId);
    return (
      <li>
        <ConfirmDelete question={t('discard_job_question', title)} onConfirm={discard} onCancel={close} />
      </li>
    );
  }
  return (
    <li class="job-row">
      <p class="job-title" dir="auto">
        {title}
      </p>
      <IngestProgressLine progress={progress} />
      {step === 'reading' && !problem && (
        <div class="actions">
          <button type="button" class="button quiet" aria-label={t('stop_named', title)} ref={returnTo} onClick={() => open('discarding')}>
            {t('stop')}
          </button>
        </div>
      )}
      {problem && (
        <ProblemNotice problem={problem}>
          {retryAt !== undefined && <p class="soft small">{t('tries_again_at', formatTime(retryAt))}</p>}
          <div class="actions">
            <button type="button" class="button" onClick={() => void library.retryJob(jobId)}>
              {retryAt === undefined ? t('try_again') : t('try_now')}
            </button>
            <button type="button" class="button quiet" ref={returnTo} onClick={() => open('discarding')}>
              {t('discard')}
            </button>
          </div>
        </ProblemNotice>
      )}
    </li>
  );
}
