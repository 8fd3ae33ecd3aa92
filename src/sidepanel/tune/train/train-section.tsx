import { useEffect } from 'preact/hooks';
import { t } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { JobItem } from './job-item';
import type { ProblemActions } from './problem-way';
import { TrainForm } from './train-form';
import type { TrainState } from './train-state';

export interface TrainSectionProps {
  readonly train: TrainState;
  readonly actions: ProblemActions;
  /** There are examples to train on. */
  readonly canTrain: boolean;
}

/** Training at a service: what is begun there, and how it goes. */
export function TrainSection({ train, actions, canTrain }: TrainSectionProps) {
  useEffect(() => {
    void train.load();
    return train.leave;
  }, [train]);
  const jobs = train.jobs.value ?? [];
  const problem = train.listProblem.value;
  if (!canTrain && jobs.length === 0) return null;
  return (
    <section class="tune-part train" aria-labelledby="train-heading">
      <h3 id="train-heading">{t('train')}</h3>
      {canTrain && <TrainForm train={train} actions={actions} />}
      {problem && <ProblemNotice problem={problem} />}
      {jobs.length > 0 && (
        <ol class="train-jobs" aria-label={t('train_jobs')}>
          {jobs.map((job, index) => (
            <JobItem key={job.id} job={job} train={train} actions={actions} isNewest={index === 0} canTrain={canTrain} />
          ))}
        </ol>
      )}
    </section>
  );
}
