import { useState } from 'preact/hooks';
import { hasEnded, type TuningJob } from '../../../core/tuning/tuning-job';
import { t } from '../../../view/translate';
import { ConfirmDelete } from '../../shared/confirm-delete';
import type { TrainState } from './train-state';

interface JobActionsProps {
  readonly job: TuningJob;
  readonly train: TrainState;
}

/** Pausing, going on, cancelling; and taking off the list what has ended. The last two are asked once more. */
export function JobActions({ job, train }: JobActionsProps) {
  const [isAsked, setAsked] = useState(false);
  const { id, state, plan } = job;
  const isOver = hasEnded(state);
  const canPause = train.services.value?.find(({ name }) => name === plan.service)?.canPause === true;
  if (job.isCancelling) return null;
  if (isAsked) {
    return (
      <ConfirmDelete
        question={t(isOver ? 'train_forget_sure' : 'train_cancel_sure')}
        action={t(isOver ? 'train_forget' : 'train_cancel')}
        onConfirm={() => {
          setAsked(false);
          void (isOver ? train.forget(id) : train.order('tuning-jobs/cancel', id));
        }}
        onCancel={() => setAsked(false)}
      />
    );
  }
  return (
    <div class="actions">
      {canPause && state === 'running' && (
        <button type="button" class="button" onClick={() => void train.order('tuning-jobs/pause', id)}>
          {t('train_pause')}
        </button>
      )}
      {canPause && state === 'paused' && (
        <button type="button" class="button" onClick={() => void train.order('tuning-jobs/resume', id)}>
          {t('train_resume')}
        </button>
      )}
      <button type="button" class="button quiet" onClick={() => setAsked(true)}>
        {t(isOver ? 'train_forget' : 'train_cancel')}
      </button>
    </div>
  );
}
