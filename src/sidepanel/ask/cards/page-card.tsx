import { BookmarkPlus, Check, RotateCw, TextSelect } from 'lucide';
import { fileNameOf } from '../../../core/files/file-address';
import type { Problem } from '../../../core/problem';
import type { TabStatus } from '../../../protocol/worker-requests';
import { formatDate } from '../../../view/format-date';
import { Icon } from '../../../view/icon';
import { problemWords } from '../../../view/problem-words';
import { t, tCount } from '../../../view/translate';
import { IngestProgressLine } from '../../shared/ingest-progress-line';
import { ProblemNotice } from '../../shared/problem-notice';
import { ProgressLine } from '../../shared/progress-line';
import type { LibraryState } from '../../state/library-state';
import type { TabState } from '../../state/tab-state';
import { SamePage } from './same-page';

interface PageCardProps {
  readonly tab: TabState;
  readonly library: LibraryState;
}

/** The page in the tab: what it is, and whether it is saved, can be saved or is being saved. */
export function PageCard({ tab, library }: PageCardProps) {
  const status = tab.status.value;
  // What the whole library suffers from is said over all views.
  const problem = tab.problem.value?.code === library.problem.value?.code ? undefined : tab.problem.value;
  if (!status && !problem) return null;
  return (
    <section class="page-card" aria-label={t('this_page')}>
      {status && <CardBody status={status} tab={tab} library={library} />}
      {problem && <SaveProblem problem={problem} tab={tab} />}
    </section>
  );
}

function CardBody({ status, tab, library }: PageCardProps & { readonly status: TabStatus }) {
  const { progress, refusal, saved } = status;
  const title = status.title || progress?.title || saved?.title;
  const busy = tab.reading.value || (progress !== undefined && !progress.problem);
  return (
    <>
      <div class="page-card-head">
        <div class="page-card-names">
          {title && (
            <p class="page-card-title" dir="auto">
              {title}
            </p>
          )}
          {!busy && saved ? <SavedLine saved={saved} /> : status.url && <p class="soft small">{siteOf(status)}</p>}
        </div>
        {!busy && !refusal && <SaveButton status={status} onSave={() => void tab.save()} />}
      </div>
      {!busy && saved && status.url && <SamePage saved={saved} url={status.url} library={library} />}
      {!busy && status.hasSelection && (
        <button type="button" class="button save-selection" onClick={() => void tab.saveSelection()}>
          <Icon node={TextSelect} />
          {t('save_selection')}
        </button>
      )}
      {refusal && !busy && <p class="refusal">{problemWords(refusal)}</p>}
      {tab.reading.value && <ProgressLine label={t('step_reading')} />}
      {!tab.reading.value && progress && !progress.problem && <IngestProgressLine progress={progress} />}
      {progress?.problem && (
        <ProblemNotice problem={progress.problem}>
          <button type="button" class="button" onClick={() => void library.retryJob(progress.jobId)}>
            {t('try_again')}
          </button>
        </ProblemNotice>
      )}
    </>
  );
}

function SaveButton({ status, onSave }: { readonly status: TabStatus; readonly onSave: () => void }) {
  if (status.progress) return null;
  if (status.saved) {
    return (
      <button type="button" class="icon-button" title={t('save_again')} aria-label={t('save_again')} onClick={onSave}>
        <Icon node={RotateCw} />
      </button>
    );
  }
  return (
    <button type="button" class="button primary" onClick={onSave}>
      <Icon node={BookmarkPlus} />
      {t('save_this_page')}
    </button>
  );
}

function SavedLine({ saved }: { readonly saved: NonNullable<TabStatus['saved']> }) {
  return (
    <p class="small saved-line">
      <Icon node={Check} />
      <span>
        {t('saved_on', formatDate(saved.capturedAt))} · {tCount('passages', saved.passageCount)}
        {saved.shareRead < 1 && ` · ${t('share_read', Math.floor(saved.shareRead * 100))}`}
      </span>
    </p>
  );
}

function SaveProblem({ problem, tab }: { readonly problem: Problem; readonly tab: TabState }) {
  return (
    <ProblemNotice problem={problem}>
      {!isOfAnotherWish(problem) && (
        <button type="button" class="button" onClick={() => void tab.save()}>
          {t('try_again')}
        </button>
      )}
    </ProblemNotice>
  );
}

/** A selection or a link was to be saved, not the page of the tab. */
function isOfAnotherWish({ code }: Problem): boolean {
  return /^(selection|access|fetch)-/.test(code);
}

function siteOf({ url }: TabStatus): string {
  if (!url || !URL.canParse(url)) return '';
  return new URL(url).host || fileNameOf(url);
}
