import { Scale } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { Assistant } from '../../../core/assistants/assistant';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import type { AnswerActions } from '../../ask/answer/answer';
import { ProblemNotice } from '../../shared/problem-notice';
import type { SettingsState } from '../../state/settings-state';
import { JudgeForm } from './judge-form';
import { JudgeList } from './judge-list';
import { JudgeRun } from './judge-run';
import type { JudgeState } from './judge-state';

interface JudgeSectionProps {
  readonly judge: JudgeState;
  readonly settings: SettingsState;
  readonly actions: AnswerActions;
  readonly assistants: readonly Assistant[];
}

/** Two models side by side, without their names: which answers better, and how sure is that. */
export function JudgeSection({ judge, settings, actions, assistants }: JudgeSectionProps) {
  useEffect(() => {
    void judge.load();
    void settings.readChatModel().catch(() => {});
    return judge.leave;
  }, [judge, settings]);
  const problem = judge.problem.value;
  const opened = judge.opened.value;
  return (
    <section class="tune-part judge" aria-labelledby="judge-heading">
      <h3 id="judge-heading">{t('judge')}</h3>
      {problem && <ProblemNotice problem={problem} />}
      {opened ? (
        <JudgeRun judge={judge} opened={opened} actions={actions} />
      ) : judge.isFormOpen.value ? (
        <JudgeForm judge={judge} settings={settings} assistants={assistants} />
      ) : (
        <>
          <p class="soft small">{t('judge_intro')}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => judge.openForm(settings.chatModel.value)}>
              <Icon node={Scale} />
              {t('judge_new')}
            </button>
          </div>
          <JudgeList judge={judge} />
        </>
      )}
    </section>
  );
}
