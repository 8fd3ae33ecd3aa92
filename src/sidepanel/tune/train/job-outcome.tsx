import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import { spentWords } from './job-words';
import type { TrainState } from './train-state';
import { UseModel } from './use-model';

interface JobOutcomeProps {
  readonly job: TuningJob;
  readonly train: TrainState;
}

/** What came of a training that has ended, and what it cost. */
export function JobOutcome({ job, train }: JobOutcomeProps) {
  const { state, tunedModel, plan } = job;
  const spent = spentWords(job);
  return (
    <>
      {spent && <p class="small train-figures">{spent}</p>}
      {state === 'succeeded' && tunedModel && (
        <>
          {plan.service === 'fireworks' && <p class="small soft">{t('train_deploy_first')}</p>}
          <UseModel model={tunedModel} job={job} train={train} />
        </>
      )}
    </>
  );
}
