import { useEffect } from 'preact/hooks';
import { readSecondsLimits } from '../../core/capture/auto-save';
import { formatTime } from '../../view/format-date';
import { t } from '../../view/translate';
import { CheckField } from '../shared/check-field';
import { CommittedInput } from '../shared/committed-input';
import { ProblemNotice } from '../shared/problem-notice';
import type { AutoSaveState } from '../state/auto-save-state';
import { Field } from './field';
import { NeverSaved } from './never-saved';
import { SiteRuleForm } from './site-rule-form';
import { SiteRuleRow } from './site-rule-row';

/** Which pages are saved by themselves: none, until the person names sites. */
export function AutoSave({ autoSave }: { readonly autoSave: AutoSaveState }) {
  useEffect(() => void autoSave.load(), [autoSave]);
  const view = autoSave.view.value;
  const problem = autoSave.problem.value;
  if (!view) return problem ? <ProblemNotice problem={problem} /> : null;
  return (
    <section class="settings-section" aria-labelledby="auto-save-heading">
      <h3 id="auto-save-heading">{t('auto_save')}</h3>
      <CheckField label={t('auto_save_on')} isChecked={view.isOn} onChange={(isOn) => void autoSave.turn(isOn)} />
      <p class="soft small">{t('auto_save_hint')}</p>
      {problem && <ProblemNotice problem={problem} />}
      {view.isOn && (
        <>
          {view.rules.length === 0 ? (
            <p>{t('no_site_rules')}</p>
          ) : (
            <ul class="site-rules" aria-label={t('site_rules')}>
              {view.rules.map((rule) => (
                <SiteRuleRow key={rule.pattern} rule={rule} isAllowed={!view.notAllowed.includes(rule.pattern)} autoSave={autoSave} />
              ))}
            </ul>
          )}
          <SiteRuleForm autoSave={autoSave} />
          <Field label={t('read_seconds')} hint={t('read_seconds_hint')}>
            {(id, hintId) => (
              <CommittedInput
                id={id}
                type="number"
                {...readSecondsLimits}
                aria-describedby={hintId}
                value={view.readSeconds}
                onChange={(event) => void autoSave.wait(event.currentTarget.valueAsNumber)}
              />
            )}
          </Field>
          <div class="actions">
            <button type="button" class="button" onClick={() => void autoSave.pause(view.pausedUntil === undefined)}>
              {view.pausedUntil === undefined ? t('pause_for_an_hour') : t('go_on')}
            </button>
            <span role="status">{view.pausedUntil !== undefined && t('paused_until', formatTime(view.pausedUntil))}</span>
          </div>
        </>
      )}
      <NeverSaved />
    </section>
  );
}
