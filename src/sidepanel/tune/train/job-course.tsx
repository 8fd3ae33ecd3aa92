import { useEffect, useMemo, useState } from 'preact/hooks';
import { hasEnded, type TuningJob, type TuningJobCourse } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import { Checkpoints } from './checkpoints';
import { plotData } from './course-data';
import { accuracyWords, formatAccuracy, formatLoss, lossWords } from './course-words';
import { JobEvents } from './job-events';
import { MeasurePlot } from './measure-plot';
import { MetricsTable } from './metrics-table';
import type { TrainState } from './train-state';

interface JobCourseProps {
  readonly job: TuningJob;
  readonly train: TrainState;
  readonly isOpenAtFirst: boolean;
}

/** What the service told in the course of a training: loss and accuracy as they went, checkpoints, events. Read only while it is open. */
export function JobCourse({ job, train, isOpenAtFirst }: JobCourseProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { id, state } = job;
  useEffect(() => {
    if (!isOpen) return;
    void train.open(id);
    return () => train.close(id);
  }, [isOpen, id, train]);
  const course = train.courses.value.get(id);
  return (
    <details class="train-course" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(hasEnded(state) ? 'train_course' : 'train_course_running')}</summary>
      {isOpen && course && <Course course={course} job={job} train={train} />}
    </details>
  );
}

function Course({ course, job, train }: Omit<JobCourseProps, 'isOpenAtFirst'> & { readonly course: TuningJobCourse }) {
  const { metrics, checkpoints, events } = course;
  const loss = useMemo(() => plotData(metrics, 'Loss'), [metrics]);
  const accuracy = useMemo(() => plotData(metrics, 'Accuracy'), [metrics]);
  return (
    <div class="train-told">
      {!loss && !accuracy && <p class="small soft">{t('train_not_measured')}</p>}
      {loss && (
        <>
          <MeasurePlot title={t('train_loss')} data={loss} format={formatLoss} />
          <p class="small">{lossWords(loss)}</p>
        </>
      )}
      {accuracy && (
        <>
          <MeasurePlot title={t('train_accuracy')} data={accuracy} format={formatAccuracy} />
          <p class="small">{accuracyWords(accuracy)}</p>
        </>
      )}
      {metrics.length > 0 && <MetricsTable metrics={metrics} />}
      {checkpoints.length > 0 && <Checkpoints checkpoints={checkpoints} job={job} train={train} />}
      {events.length > 0 && <JobEvents events={events} />}
    </div>
  );
}
