import { t } from '../../view/translate';
import type { AutoSaveState } from '../state/auto-save-state';
import { Field } from './field';

/** Adds a rule for a site, or for all of them. */
export function SiteRuleForm({ autoSave }: { readonly autoSave: AutoSaveState }) {
  const refusal = autoSave.refusal.value;
  const hasAllSites = autoSave.view.value?.rules.some(({ pattern }) => pattern === '*');
  return (
    <form
      class="site-rule-form"
      aria-label={t('add_site')}
      onSubmit={(event) => {
        event.preventDefault();
        void autoSave.addRule();
      }}
    >
      <Field label={t('site')} hint={t('site_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            class="field"
            inputMode="url"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            required
            aria-describedby={hintId}
            placeholder="example.org"
            value={autoSave.written.value}
            onInput={(event) => autoSave.write(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="actions">
        <select
          class="field"
          aria-label={t('what_to_do_there')}
          value={autoSave.action.value}
          onChange={(event) => {
            autoSave.action.value = event.currentTarget.value === 'never' ? 'never' : 'save';
          }}
        >
          <option value="save">{t('rule_save')}</option>
          <option value="never">{t('rule_never')}</option>
        </select>
        <button type="submit" class="button primary">
          {t('add')}
        </button>
      </div>
      <p class="site-rule-missing small" role="status">
        {refusal && t(refusal === 'not-a-site' ? 'not_a_site' : 'site_not_allowed')}
      </p>
      {!hasAllSites && (
        <div class="all-sites">
          <p class="soft small">{t('all_sites_hint')}</p>
          <button type="button" class="button quiet" onClick={() => void autoSave.addAllSites()}>
            {t('add_all_sites')}
          </button>
        </div>
      )}
    </form>
  );
}
