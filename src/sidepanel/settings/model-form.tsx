import type { PriceEdit } from '../../core/models/model-prices';
import { t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import type { SettingsState } from '../state/settings-state';
import { ContextCost } from './context-cost';
import { Field } from './field';
import { KeyField } from './key-field';
import { ModelField } from './model-field';
import { modelPresets } from './model-presets';
import { ModelTable } from './model-table';
import { SaveSettings } from './save-settings';

const contextTokensLimits = { min: 1_000, max: 200_000, step: 500 };

interface ModelFormProps {
  readonly settings: SettingsState;
  /** Prices that the person has entered. */
  readonly prices: readonly PriceEdit[];
}

/** Which server is asked, with which key, and which of its models. */
export function ModelForm({ settings, prices }: ModelFormProps) {
  const { baseUrl, chatModel, embeddingModel, contextTokens } = settings.draft.value;
  const working = settings.working.value;
  const problem = settings.problem.value;
  const models = settings.models.value;
  if (!settings.stored.value) return problem ? <ProblemNotice problem={problem} /> : null;
  return (
    <form
      class="model-form"
      aria-labelledby="models-heading"
      onSubmit={(event) => {
        event.preventDefault();
        void settings.save();
      }}
    >
      <h3 id="models-heading">{t('models')}</h3>
      <p class="soft">{t('models_intro')}</p>
      <Field label={t('server')}>
        {(id) => (
          <select
            id={id}
            class="field"
            value={presetOf(baseUrl)}
            onChange={(event) => settings.change({ baseUrl: event.currentTarget.value })}
          >
            {modelPresets.map((preset) => (
              <option key={preset.baseUrl} value={preset.baseUrl}>
                {preset.name}
              </option>
            ))}
            <option value="">{t('other_server')}</option>
          </select>
        )}
      </Field>
      <Field label={t('base_url')} hint={t('base_url_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            class="field"
            type="url"
            inputMode="url"
            spellcheck={false}
            aria-describedby={hintId}
            placeholder="https://"
            value={baseUrl}
            onInput={(event) => settings.change({ baseUrl: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
      <KeyField settings={settings} />
      <div class="actions">
        <button type="button" class="button" disabled={!baseUrl || working !== undefined} onClick={() => void settings.test()}>
          {working === 'testing' ? t('testing') : t('test_connection')}
        </button>
        <span class="soft small" role="status">
          {models && tCount('models_offered', models.length)}
        </span>
      </div>
      {models && models.length > 0 && <ModelTable settings={settings} models={models} prices={prices} />}
      <ModelField
        label={t('chat_model')}
        hint={t('chat_model_hint')}
        value={chatModel}
        models={models}
        onChange={(value) => settings.change({ chatModel: value })}
      />
      <ModelField
        label={t('embedding_model')}
        hint={t('embedding_model_hint')}
        value={embeddingModel}
        models={models}
        isForVectors
        onChange={(value) => settings.change({ embeddingModel: value })}
      />
      <Field label={t('context_tokens')} hint={t('context_tokens_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            class="field"
            type="number"
            {...contextTokensLimits}
            required
            aria-describedby={hintId}
            value={contextTokens}
            onInput={(event) => {
              const { valueAsNumber } = event.currentTarget;
              if (Number.isFinite(valueAsNumber)) settings.change({ contextTokens: valueAsNumber });
            }}
          />
        )}
      </Field>
      {chatModel && <ContextCost settings={settings} prices={prices} />}
      {problem && <ProblemNotice problem={problem} />}
      <SaveSettings settings={settings} />
    </form>
  );
}

function presetOf(baseUrl: string): string {
  return modelPresets.find((preset) => preset.baseUrl === baseUrl)?.baseUrl ?? '';
}
