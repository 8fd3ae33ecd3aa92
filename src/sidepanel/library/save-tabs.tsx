import { AppWindow } from 'lucide';
import { Icon } from '../../view/icon';
import { problemWords } from '../../view/problem-words';
import { t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressBar } from '../shared/progress-bar';
import type { TabResult, WindowState, WindowStep } from '../state/window-state';

interface SaveTabsProps {
  readonly tabs: WindowState;
}

/** Saves all tabs of the window: says what will be asked for, shows how far it is, and what became of each tab. */
export function SaveTabs({ tabs }: SaveTabsProps) {
  const step = tabs.step.value;
  const problem = tabs.problem.value;
  if (step.name === 'closed' && !problem) {
    return (
      <button type="button" class="button" onClick={() => void tabs.open()}>
        <Icon node={AppWindow} />
        {t('all_tabs')}
      </button>
    );
  }
  return (
    <section class="save-tabs" aria-labelledby="save-tabs-heading">
      <h3 id="save-tabs-heading">{t('save_all_tabs')}</h3>
      {problem && <ProblemNotice problem={problem} />}
      <Step step={step} tabs={tabs} />
    </section>
  );
}

function Step({ step, tabs }: SaveTabsProps & { readonly step: WindowStep }) {
  const cancel = (
    <button type="button" class="button quiet" onClick={() => void tabs.close()}>
      {t('cancel')}
    </button>
  );
  switch (step.name) {
    case 'closed':
      return cancel;
    case 'asking-tabs':
      return (
        <>
          <p>{t('tabs_need_addresses')}</p>
          <div class="actions">
            <button type="button" class="button primary" onClick={() => void tabs.allowTabs()}>
              {t('continue')}
            </button>
            {cancel}
          </div>
        </>
      );
    case 'asking-sites':
      return (
        <>
          <p>{tCount('tabs_need_sites', step.patterns.length)}</p>
          <ul class="small soft sites">
            {step.patterns.map((pattern) => (
              <li key={pattern}>{new URL(pattern).host}</li>
            ))}
          </ul>
          <div class="actions">
            <button type="button" class="button primary" onClick={() => void tabs.allowSites()}>
              {tCount('allow_and_save', step.tabs.length)}
            </button>
            {cancel}
          </div>
        </>
      );
    case 'saving':
    case 'done':
      return <Results results={step.results} isDone={step.name === 'done'} tabs={tabs} />;
  }
}

function Results({ results, isDone, tabs }: SaveTabsProps & { readonly results: readonly TabResult[]; readonly isDone: boolean }) {
  const done = results.filter(({ outcome }) => outcome).length;
  const saved = results.filter(({ outcome }) => outcome?.kind === 'saved').length;
  const words = isDone ? tCount('tabs_saved', saved, results.length) : t('tabs_progress', done, results.length);
  return (
    <>
      <p role="status">{words}</p>
      {!isDone && <ProgressBar label={words} percent={(100 * done) / results.length} />}
      <ul class="tab-results">
        {results.map(({ tab, outcome }) => (
          <li key={tab.id}>
            <span dir="auto">{tab.title || tab.url}</span>
            <span class="small soft">{outcome ? outcomeWords(outcome) : isDone ? t('tab_not_read') : t('tab_waiting')}</span>
          </li>
        ))}
      </ul>
      <div class="actions">
        {isDone ? (
          <button type="button" class="button" onClick={() => void tabs.close()}>
            {t('close')}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => tabs.stop()}>
            {t('stop')}
          </button>
        )}
      </div>
    </>
  );
}

function outcomeWords(outcome: NonNullable<TabResult['outcome']>): string {
  if (outcome.kind === 'refused') return problemWords(outcome.problem);
  return t(outcome.kind === 'saved' ? 'tab_saved' : 'tab_already_saved');
}
