import { BookmarkPlus } from 'lucide';
import { wholeLibrary } from '../../core/chosen-scope';
import { isNarrowed } from '../../core/matches-scope';
import { Icon } from '../../view/icon';
import { problemWords } from '../../view/problem-words';
import { t } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressBar } from '../shared/progress-bar';
import type { LibraryState } from '../state/library-state';
import type { ScopeState } from '../state/scope-state';
import type { TabState } from '../state/tab-state';

interface ScopeNoticeProps {
  readonly scope: ScopeState;
  readonly tab: TabState;
  readonly library: LibraryState;
}

/** What must be known of the choice before a question is asked: that there is nothing in it, and what can be done about that. */
export function ScopeNotice({ scope, tab }: ScopeNoticeProps) {
  if (scope.isPreparing.value) return <Preparing />;
  const problem = scope.problem.value;
  if (problem) return <ProblemNotice problem={problem} />;
  const chosen = scope.chosen.value;
  if (chosen.kind === 'page') return <PageNotice tab={tab} />;
  if (chosen.kind === 'tabs' || scope.description.value?.pages !== 0 || !isNarrowed(chosen.scope)) return null;
  return (
    <div class="scope-notice" role="status">
      <p class="soft small">{t('scope_empty')}</p>
      <button type="button" class="text-button small" onClick={() => scope.choose(wholeLibrary)}>
        {t('ask_whole_library')}
      </button>
    </div>
  );
}

function PageNotice({ tab }: { readonly tab: TabState }) {
  const { saved, refusal, progress } = tab.status.value ?? {};
  if (saved || tab.status.value === undefined) return null;
  return (
    <div class="scope-notice" role="status">
      <p class="soft small">{refusal ? problemWords(refusal) : t('scope_page_unsaved')}</p>
      {!refusal && !progress && !tab.reading.value && (
        <button type="button" class="text-button small" onClick={() => void tab.save()}>
          <Icon node={BookmarkPlus} />
          {t('save_this_page')}
        </button>
      )}
    </div>
  );
}

function Preparing() {
  return (
    <div class="progress-line">
      <p class="small soft" role="status">
        {t('step_reading')}
      </p>
      <ProgressBar label={t('step_reading')} />
    </div>
  );
}
