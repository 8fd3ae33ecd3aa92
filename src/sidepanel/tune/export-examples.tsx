import { useState } from 'preact/hooks';
import { formNames } from '../../core/tuning/forms/form';
import { t, tCount } from '../../view/translate';
import { Field } from '../settings/field';
import { CheckField } from '../shared/check-field';
import { ProgressBar } from '../shared/progress-bar';
import type { ExamplesState } from './examples-state';
import type { ExportForm } from './export-file';
import { ExportPreview } from './export-preview';
import { underscored } from './problem-message';

const forms: readonly ExportForm[] = [...formNames, 'folder'];

const endings: Readonly<Record<ExportForm, string>> = {
  'openai-chat': 'chat.jsonl',
  'openai-preference': 'preference.jsonl',
  completions: 'completions.jsonl',
  sharegpt: 'sharegpt.json',
  alpaca: 'alpaca.json',
  table: 'csv',
  folder: 'zip',
};

/** A page or so of what was said last. */
const usualTokens = 500;

/** Saves what the list shows as a file: all of it, or what the filter leaves. */
export function ExportExamples({ examples }: { readonly examples: ExamplesState }) {
  const [form, setForm] = useState<ExportForm>('openai-chat');
  const [withSystemPrompt, setWithSystemPrompt] = useState(true);
  const [isSummed, setSummed] = useState(false);
  const [mostTokens, setMostTokens] = useState(usualTokens);
  const options = {
    ...(withSystemPrompt ? {} : { withoutSystemPrompt: true }),
    ...(isSummed && form === 'completions' ? { summaryBeyondTokens: mostTokens } : {}),
  };
  const exported = examples.exported.value;
  const share = examples.exporting.value;
  const count = examples.ids.value?.length ?? 0;
  const side = examples.filter.value.split ?? 'examples';
  return (
    <details class="tune-part">
      <summary>{t('tune_export')}</summary>
      <form
        class="tune-form"
        onSubmit={(event) => {
          event.preventDefault();
          void examples.export(form, `${side}.${endings[form]}`, options);
        }}
      >
        <Field label={t('tune_export_form')} hint={t(`tuning_form_${underscored(form)}_for`)}>
          {(id, hintId) => (
            <select
              id={id}
              class="field"
              value={form}
              aria-describedby={hintId}
              onChange={(event) => setForm(event.currentTarget.value as ExportForm)}
            >
              {forms.map((name) => (
                <option key={name} value={name}>
                  {t(`tuning_form_${underscored(name)}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {form !== 'folder' && (
          <>
            <CheckField label={t('tune_with_system_prompt')} isChecked={withSystemPrompt} onChange={setWithSystemPrompt} />
            <p class="small soft">{t('tune_with_system_prompt_hint')}</p>
            <ExportPreview examples={examples} form={form} />
            {form === 'completions' && (
              <>
                <CheckField label={t('tune_export_summary')} isChecked={isSummed} onChange={setSummed} />
                {isSummed && (
                  <Field label={t('tune_export_summary_tokens')} hint={t('tune_export_summary_hint')}>
                    {(id, hintId) => (
                      <input
                        id={id}
                        class="field"
                        type="number"
                        min={0}
                        max={1_000_000}
                        required
                        value={mostTokens}
                        aria-describedby={hintId}
                        onInput={({ currentTarget: { valueAsNumber: tokens } }) => setMostTokens(tokens >= 0 ? tokens : usualTokens)}
                      />
                    )}
                  </Field>
                )}
              </>
            )}
          </>
        )}
        <div class="actions">
          <button type="submit" class="button" disabled={examples.isBusy.value || count === 0}>
            {tCount('tune_export_do', count)}
          </button>
          {share !== undefined && (
            <button type="button" class="button" onClick={examples.stopExport}>
              {t('stop')}
            </button>
          )}
        </div>
        {share !== undefined && <ProgressBar label={t('tune_exporting')} percent={Math.floor(share * 100)} />}
        <p class="small soft" role="status">
          {share !== undefined && t('tune_exporting')}
          {exported && tCount('tune_exported', exported.written)}
          {exported && exported.leftOut > 0 && ` ${tCount('tune_left_out', exported.leftOut)}`}
        </p>
      </form>
    </details>
  );
}
