import type { ComponentChildren } from 'preact';
import { t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressLine } from '../shared/progress-line';
import type { DataState, DataTask } from '../state/data-state';

interface DataWorkProps {
  readonly data: DataState;
  readonly task: DataTask;
  /** What is being done, in words. */
  readonly label: string;
  /** What to do about a problem. */
  readonly children?: ComponentChildren;
}

/** How far the making of a file is, with a way to stop it; what went wrong; or what was made. */
export function DataWork({ data, task, label, children }: DataWorkProps) {
  const working = data.working.value?.task === task ? data.working.value : undefined;
  const problem = data.problem.value?.task === task ? data.problem.value.problem : undefined;
  const made = data.made.value?.task === task ? data.made.value : undefined;
  return (
    <>
      {working && (
        <ProgressLine label={label} percent={working.percent}>
          <button type="button" class="button quiet" onClick={data.stop}>
            {t('stop')}
          </button>
        </ProgressLine>
      )}
      {problem && <ProblemNotice problem={problem}>{children}</ProblemNotice>}
      <p class="soft small" role="status">
        {made && t('file_made', made.name)}
        {made?.filesLeftOut && ` ${tCount('files_left_out', made.filesLeftOut)}`}
      </p>
    </>
  );
}
