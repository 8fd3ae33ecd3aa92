import { useEffect, useRef, useState } from 'preact/hooks';
import { hasEnded, type TuningJob } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import { ConfirmDelete } from '../../shared/confirm-delete';
import type { TrainState } from './train-state';

interface JobActionsProps {
  readonly job: TuningJob;
  readonly train: TrainState;
  /** What has the focus goes: something else is to have it. */
  readonly onGone: () => void;
}

/** Pausing, going on, cancelling; and taking off the list what has ended. The last two are asked once more. */
export function JobActions({ job, train, onGone }: JobActionsProps) {
  const [isAsked, setAsked] = useState(false);
  const ask = useRef<HTMLButtonElement>(null);
  const isKept = useRef(false);
  useEffect(() => {
    if (isKept.current) ask.current?.focus();
    isKept.current = false;
  }, [isAsked]);
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
          onGone();
          setAsked(false);
          void (isOver ? train.forget(id) : train.order('tuning-jobs/cancel', id));
        }}
        onCancel={() => {
          isKept.current = true;
          setAsked(false);
        }}
      />
    );
  }
  const isPaused = state === 'paused';
  return (
    <div class="actions">
      {canPause && (state === 'running' || isPaused) && (
        // One button, so that it keeps the focus.
        <button type="button" class="button" onClick={() => void train.order(isPaused ? 'tuning-jobs/resume' : 'tuning-jobs/pause', id)}>
          {t(isPaused ? 'train_resume' : 'train_pause')}
        </button>
      )}
      <button ref={ask} type="button" class="button quiet" onClick={() => setAsked(true)}>
        {t(isOver ? 'train_forget' : 'train_cancel')}
      </button>
    </div>
  );
}
