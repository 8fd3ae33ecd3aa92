import { BookmarkPlus } from 'lucide';
import type { Assistant } from '../../core/assistants/assistant';
import { wholeLibrary } from '../../core/search/chosen-scope';
import { isNarrowed } from '../../core/search/matches-scope';
import { Icon } from '../../view/icon';
import { problemWords } from '../../view/problem-words';
import { t, tCount } from '../../view/translate';
import { scopeWords } from '../ask/scope-words';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressBar } from '../shared/progress-bar';
import type { LibraryState } from '../state/library-state';
import type { OpenTabsState } from '../state/open-tabs-state';
import type { ScopeState } from '../state/scope-state';
import type { TabState } from '../state/tab-state';

interface ScopeNoticeProps {
  readonly scope: ScopeState;
  readonly tab: TabState;
  readonly library: Pick<LibraryState, 'problem'>;
  readonly assistant: Pick<Assistant, 'name' | 'scope'> | undefined;
  readonly onSaveTabs: () => void;
}

/** What must be known before a question is asked of what is chosen. */
export function ScopeNotice({ assistant, ...props }: ScopeNoticeProps) {
  const words = assistant?.scope && scopeWords(assistant.scope);
  return (
    <>
      {assistant && words && <p class="soft small scope-notice">{t('assistant_reads_only', assistant.name, words)}</p>}
      <ChosenNotice {...props} />
    </>
  );
}

/** What must be known of the choice before a question is asked: that there is nothing in it, and what can be done about that. */
function ChosenNotice({ scope, tab, library, onSaveTabs }: Omit<ScopeNoticeProps, 'assistant'>) {
  if (scope.isPreparing.value) return <Preparing />;
  // What the whole library suffers from is said over all views.
  const problem = scope.problem.value?.code === library.problem.value?.code ? undefined : scope.problem.value;
  const chosen = scope.chosen.value;
  if (problem) return <ProblemNotice problem={problem} />;
  if (chosen.kind === 'tabs') return <TabsNotice tabs={scope.openTabs} onSaveTabs={onSaveTabs} />;
  if (chosen.kind === 'page') return <PageNotice tab={tab} />;
  if (scope.description.value?.pages !== 0 || !isNarrowed(chosen.scope)) return null;
  return (
    <div class="scope-notice" role="status">
      <p class="soft small">{t('scope_empty')}</p>
      <button type="button" class="text-button small" onClick={() => scope.choose(wholeLibrary)}>
        {t('ask_whole_library')}
      </button>
    </div>
  );
}

/** How many of the tabs are asked, and why the others are not. */
function TabsNotice({ tabs, onSaveTabs }: { readonly tabs: OpenTabsState; readonly onSaveTabs: () => void }) {
  const all = tabs.places.value;
  const problem = tabs.problem.value;
  if (problem) return <ProblemNotice problem={problem} />;
  if (!all) return null;
  const refused = tabs.refused.value.flatMap(({ refusal }) => refusal ?? []);
  const reasons = [...new Set(refused.map((refusal) => problemWords(refusal)))];
  const counts = reasons.map((words) => t('tabs_refused', refused.filter((refusal) => problemWords(refusal) === words).length, words));
  const mayBeSaved = refused.some(({ code }) => code === 'page-not-granted');
  return (
    <div class="scope-notice" role="status">
      <p class="soft small">
        {t('tabs_asked', tabs.saved.value.length, all.length)}
        {tabs.readable.value.length > 0 && ` ${tCount('tabs_readable', tabs.readable.value.length)}`}
      </p>
      {counts.map((words) => (
        <p key={words} class="soft small">
          {words}
        </p>
      ))}
      {mayBeSaved && (
        <button type="button" class="text-button small" onClick={() => void tabs.lookAtAddresses()}>
          {t('look_which_saved')}
        </button>
      )}
      {refused.length + tabs.readable.value.length > 0 && (
        <button type="button" class="text-button small" onClick={onSaveTabs}>
          {t('save_them')}
        </button>
      )}
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
