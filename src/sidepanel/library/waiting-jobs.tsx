import { t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';
import { JobRow } from './job-row';

/** What is on its way into the library, and what did not get there. */
export function WaitingJobs({ library }: { readonly library: LibraryState }) {
  const overview = library.overview.value;
  if (!overview) return null;
  const { inProgress, jobs } = overview;
  const failed = inProgress.filter(({ problem }) => problem);
  const working = inProgress.filter(({ problem }) => !problem);
  return (
    <>
      {failed.length > 0 && (
        <section class="jobs" aria-labelledby="failed-heading">
          <h3 id="failed-heading" class="pages-heading">
            {t('failed')}
            {failed.length > 1 && (
              <button type="button" class="button" onClick={() => void library.retryAll()}>
                {t('try_all_again')}
              </button>
            )}
          </h3>
          <JobRows jobs={failed} total={jobs.failed} library={library} />
        </section>
      )}
      {working.length > 0 && (
        <section class="jobs" aria-labelledby="jobs-heading">
          <h3 id="jobs-heading">{t('on_the_way')}</h3>
          <JobRows jobs={working} total={jobs.working} library={library} />
        </section>
      )}
    </>
  );
}

interface JobRowsProps {
  readonly jobs: NonNullable<LibraryState['overview']['value']>['inProgress'];
  /** With those that are not shown. */
  readonly total: number;
  readonly library: LibraryState;
}

function JobRows({ jobs, total, library }: JobRowsProps) {
  return (
    <>
      <ul>
        {jobs.map((progress) => (
          <JobRow key={progress.jobId} progress={progress} library={library} />
        ))}
      </ul>
      {total > jobs.length && <p class="soft small">{t('and_more', total - jobs.length)}</p>}
    </>
  );
}
