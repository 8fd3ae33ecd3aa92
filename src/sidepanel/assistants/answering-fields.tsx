import { assistantLimits } from '../../core/assistants/assistant';
import { type Knowledge, knowledges } from '../../core/assistants/knowledge';
import { t } from '../../view/translate';
import { Field } from '../settings/field';
import { ModelField } from '../settings/model-field';
import { ParametersForm } from '../shared/parameters/parameters-form';
import { useRefusals } from '../shared/use-refusals';
import type { SettingsState } from '../state/settings-state';
import type { AssistantDraft } from './assistant-draft';
import { knowledgeWords } from './knowledge-words';

interface AnsweringFieldsProps {
  readonly draft: AssistantDraft;
  readonly settings: SettingsState;
  /** What of the sites that were typed is none. */
  readonly strangeSites: readonly string[];
  readonly onChange: (part: Partial<AssistantDraft>) => void;
}

/** In characters, of a list that is typed. */
const longestList = 2_000;

/** Which model answers as an assistant, how it is asked to write, and what its answers rest on. */
export function AnsweringFields({ draft, settings, strangeSites, onChange }: AnsweringFieldsProps) {
  const { baseUrl = '', chatModel = '' } = settings.stored.value ?? {};
  const refusals = useRefusals(settings, baseUrl, draft.model || chatModel);
  return (
    <details>
      <summary>{t('model_and_pages')}</summary>
      <ModelField
        label={t('assistant_model')}
        hint={t('assistant_model_hint')}
        value={draft.model}
        models={settings.models.value}
        onChange={(model) => onChange({ model: model.slice(0, assistantLimits.model) })}
      />
      <fieldset class="assistant-parameters">
        <legend>{t('assistant_parameters')}</legend>
        <p class="soft small">{t('assistant_parameters_hint')}</p>
        <ParametersForm
          parameters={draft.parameters}
          refusals={refusals}
          leftTo="settings"
          onChange={(parameters) => onChange({ parameters })}
        />
      </fieldset>
      <Field label={t('assistant_knowledge')} hint={t('assistant_knowledge_hint')}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            aria-describedby={hintId}
            value={draft.knowledge}
            onChange={({ currentTarget }) => onChange({ knowledge: currentTarget.value as Knowledge | '' })}
          >
            <option value="">{t('knowledge_as_chosen')}</option>
            {knowledges.map((knowledge) => (
              <option key={knowledge} value={knowledge}>
                {t(knowledgeWords[knowledge])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('assistant_sites')} hint={t('assistant_sites_hint')}>
        {(id, hintId) => (
          <>
            <input
              id={id}
              class="field"
              maxLength={longestList}
              autocomplete="off"
              aria-describedby={`${hintId} ${id}-problem`}
              placeholder="example.org, docs.example.org"
              value={draft.sites}
              onInput={({ currentTarget }) => onChange({ sites: currentTarget.value })}
            />
            <p id={`${id}-problem`} class="field-problems small" role="status">
              {strangeSites.length > 0 && t('not_sites', strangeSites.join(', '))}
            </p>
          </>
        )}
      </Field>
      <Field label={t('assistant_tags')}>
        {(id) => (
          <input
            id={id}
            class="field"
            maxLength={longestList}
            autocomplete="off"
            placeholder={t('assistant_tags_example')}
            value={draft.tags}
            onInput={({ currentTarget }) => onChange({ tags: currentTarget.value })}
          />
        )}
      </Field>
    </details>
  );
}
