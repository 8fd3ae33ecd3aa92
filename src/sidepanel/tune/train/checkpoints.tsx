import type { TuningCheckpoint, TuningJob } from '../../../core/tuning/training/tuning-job';
import { t, tCount } from '../../../view/translate';
import { formatLoss } from './course-words';
import type { TrainState } from './train-state';
import { UseModel } from './use-model';

interface CheckpointsProps {
  readonly checkpoints: readonly TuningCheckpoint[];
  readonly job: TuningJob;
  readonly train: TrainState;
}

/** Models as they were on the way: one of before the set was learned by heart may be better than the last. */
export function Checkpoints({ checkpoints, job, train }: CheckpointsProps) {
  return (
    <details>
      <summary>{tCount('train_checkpoints', checkpoints.length)}</summary>
      <ul class="train-checkpoints">
        {checkpoints.map(({ model, step, metrics }) => (
          <li key={model}>
            <p class="small soft">
              {metrics?.validationLoss === undefined
                ? t('train_step', step)
                : t('train_step_loss', step, formatLoss(metrics.validationLoss))}
            </p>
            <UseModel model={model} job={job} train={train} />
          </li>
        ))}
      </ul>
    </details>
  );
}
