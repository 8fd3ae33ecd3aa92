import { useEffect } from 'preact/hooks';
import type { ChatEndpoint } from '../../core/models/settings';
import { t } from '../../view/translate';
import { ParametersForm } from '../shared/parameters/parameters-form';
import type { SettingsState } from '../state/settings-state';
import { Field } from './field';
import { SaveSettings } from './save-settings';

/** How the model is asked to write, in every question that no assistant says otherwise of. */
export function WritingForm({ settings }: { readonly settings: SettingsState }) {
  const { baseUrl, chatModel, parameters, chatEndpoint } = settings.draft.value;
  const stored = settings.stored.value;
  useEffect(() => void settings.readRefusals(), [settings, baseUrl, chatModel, chatEndpoint, stored]);
  if (!stored || !chatModel) return null;
  return (
    <form
      class="model-form writing-form"
      aria-labelledby="writing-heading"
      // A number that is not taken says so itself, and may be folded away.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void settings.save();
      }}
    >
      <h3 id="writing-heading">{t('how_it_writes')}</h3>
      <p class="soft">{t('how_it_writes_intro', chatModel)}</p>
      <ParametersForm
        parameters={parameters ?? {}}
        refusals={settings.refusals.value}
        onChange={(changed) => settings.change({ parameters: changed })}
      />
      <button type="button" class="text-button small" onClick={() => void settings.forgetRefusals()}>
        {t('forget_refusals')}
      </button>
      <Field label={t('chat_endpoint')} hint={t('chat_endpoint_hint')}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            aria-describedby={hintId}
            value={chatEndpoint ?? ''}
            onChange={({ currentTarget }) => settings.chooseEndpoint((currentTarget.value || undefined) as ChatEndpoint | undefined)}
          >
            <option value="">{t('endpoint_find_out')}</option>
            <option value="chat">{t('endpoint_chat')}</option>
            <option value="completions">{t('endpoint_completions')}</option>
          </select>
        )}
      </Field>
      <SaveSettings settings={settings} />
    </form>
  );
}
