import { useEffect, useRef } from 'preact/hooks';
import { hasEnded, type TuningJob } from '../../../core/tuning/training/tuning-job';
import { formatDateTime } from '../../../view/format-date';
import { t } from '../../../view/translate';
import { bringIntoSight } from '../../shared/bring-into-sight';
import { ProblemNotice } from '../../shared/problem-notice';
import { JobActions } from './job-actions';
import { JobCourse } from './job-course';
import { JobOutcome } from './job-outcome';
import { JobProgress } from './job-progress';
import { stateWords } from './job-words';
import { type ProblemActions, ProblemWay } from './problem-way';
import { serviceAt } from './service-at';
import type { TrainState } from './train-state';

interface JobItemProps {
  readonly job: TuningJob;
  readonly train: TrainState;
  readonly actions: ProblemActions;
  readonly isNewest: boolean;
  /** There are examples to train on. */
  readonly canTrain: boolean;
}

/** One training: how it stands, what can be done with it, what came of it. */
export function JobItem({ job, train, actions, isNewest, canTrain }: JobItemProps) {
  const { id, plan, createdAt, state, problem } = job;
  const heading = useRef<HTMLHeadingElement>(null);
  const isStarted = train.started.value === id;
  useEffect(() => {
    if (!isStarted) return;
    // The button that began it has gone.
    heading.current?.focus();
    train.started.value = undefined;
  }, [isStarted, train]);
  const orderProblem = train.jobProblems.value.get(id);
  const headingId = `train-job-${id}`;
  return (
    <li class="train-job">
      <article aria-labelledby={headingId}>
        <h4 id={headingId} ref={heading} tabIndex={-1}>
          <bdi>{plan.suffix ? t('train_job_named', plan.model, plan.suffix) : plan.model}</bdi>
        </h4>
        <p class="small soft">{t('train_job_at', serviceAt(plan.service, job.baseUrl), formatDateTime(createdAt))}</p>
        <p role="status">
          <strong>{stateWords(job)}</strong>
        </p>
        {!hasEnded(state) && <JobProgress job={job} />}
        {problem && (
          <ProblemNotice problem={problem}>
            <div class="actions">
              {state !== 'failed' && (
                <button type="button" class="button" onClick={() => void train.retry(job)}>
                  {t('try_again')}
                </button>
              )}
              {state === 'failed' && canTrain && (
                <button type="button" class="button" onClick={() => train.again(job)}>
                  {t('train_again')}
                </button>
              )}
              <ProblemWay problem={problem} service={plan.service} baseUrl={job.baseUrl} train={train} actions={actions} />
            </div>
          </ProblemNotice>
        )}
        {hasEnded(state) && <JobOutcome job={job} train={train} />}
        {orderProblem && <ProblemNotice problem={orderProblem} />}
        <JobActions job={job} train={train} onGone={() => (hasEnded(state) ? bringIntoSight('train-heading') : heading.current?.focus())} />
        <JobCourse job={job} train={train} isOpenAtFirst={isNewest} />
      </article>
    </li>
  );
}
