import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import type { TrainState } from './train-state';

interface UseModelProps {
  readonly model: string;
  readonly job: TuningJob;
  readonly train: TrainState;
}

/** The name of a model that was trained; from here it is chosen to be asked from now on. */
export function UseModel({ model, job, train }: UseModelProps) {
  const isUsed = train.used.value === model;
  return (
    <>
      <p>
        <code class="train-model">{model}</code>
      </p>
      <div class="actions">
        <button type="button" class="button" aria-label={t('train_use_named', model)} onClick={() => void train.use(job, model)}>
          {t('train_use')}
        </button>
        <button type="button" class="button" aria-label={t('train_compare_named', model)} onClick={() => train.compareWithBase(job, model)}>
          {t('train_compare')}
        </button>
        <button type="button" class="button quiet" aria-label={t('train_copy_named', model)} onClick={() => void train.copy(model)}>
          {t('train_copy')}
        </button>
        <span class="small soft" role="status">
          {isUsed ? t('train_used') : train.copied.value === model ? t('train_copied') : ''}
        </span>
      </div>
    </>
  );
}
