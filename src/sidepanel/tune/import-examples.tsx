import { FileUp } from 'lucide';
import { type ColumnUse, columnUses } from '../../core/tuning/forms/table';
import { formatBytes } from '../../view/format-bytes';
import { t, tCount } from '../../view/translate';
import { Field } from '../settings/field';
import { FileButton } from '../shared/file-button';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressBar } from '../shared/progress-bar';
import type { ExampleImportState, ExamplePreview, ImportOutcome } from './example-import-state';
import { flawWords, underscored } from './problem-message';

/** A file is chosen, looked at, and read. */
export function ImportExamples({ state }: { readonly state: ExampleImportState }) {
  const preview = state.preview.value;
  const outcome = state.outcome.value;
  const problem = state.problem.value;
  return (
    <section class="tune-part" aria-label={t('tune_import')}>
      {!preview && outcome?.state !== 'running' && (
        <div class="actions">
          <FileButton
            label={t('tune_import')}
            icon={FileUp}
            accept=".jsonl,.json,.csv,.tsv,.txt"
            takes="file"
            onChoose={([file]) => file && void state.choose(file)}
          />
        </div>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {preview && <Preview preview={preview} state={state} />}
      {outcome && <Outcome outcome={outcome} state={state} />}
    </section>
  );
}

interface PreviewProps {
  readonly preview: ExamplePreview;
  readonly state: ExampleImportState;
}

function Preview({ preview: { file, form, table, examples }, state }: PreviewProps) {
  return (
    <>
      <p>
        <strong dir="auto">{file.name}</strong>
        {form && <span class="soft"> · {t(`tuning_form_${underscored(form)}`)}</span>}
      </p>
      {table && (
        <fieldset class="tune-columns">
          <legend class="small soft">{t('tune_columns')}</legend>
          <Field label={t('tune_delimiter')}>
            {(id) => (
              <select id={id} class="field" value={table.delimiter} onChange={(event) => void state.separate(event.currentTarget.value)}>
                {[...new Set([',', ';', '\t', '|', '^', '~', table.delimiter])].map((delimiter) => (
                  <option key={delimiter} value={delimiter}>
                    {delimiter === '\t' ? t('tune_tab') : delimiter}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {columnUses.map((use) => (
            <ColumnChoice key={use} use={use} table={table} state={state} />
          ))}
        </fieldset>
      )}
      <p class="small soft">{t('tune_first_examples')}</p>
      <ol class="tune-samples small">
        {examples.map(({ conversation, answer, rejected }, index) => (
          // They never change places.
          <li key={index}>
            <p class="tune-clipped" dir="auto">
              {conversation.at(-1)?.content}
            </p>
            <p class="tune-clipped soft" dir="auto">
              {(answer ?? rejected)?.content}
            </p>
          </li>
        ))}
      </ol>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          disabled={table !== undefined && table.mapping.question === undefined}
          onClick={() => void state.start()}
        >
          {t('tune_import_start')}
        </button>
        <button type="button" class="button" onClick={state.close}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

interface ColumnChoiceProps {
  readonly use: ColumnUse;
  readonly table: NonNullable<ExamplePreview['table']>;
  readonly state: ExampleImportState;
}

function ColumnChoice({ use, table: { header, mapping }, state }: ColumnChoiceProps) {
  const choose = (value: string) => void state.assign(use, value === '' ? undefined : Number(value));
  return (
    <Field label={t(`tune_column_${use}`)}>
      {(id) => (
        <select id={id} class="field" value={mapping[use] ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t('tune_no_column')}</option>
          {header.map((name, index) => (
            <option key={index} value={index}>
              {name || String(index + 1)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface OutcomeProps {
  readonly outcome: ImportOutcome;
  readonly state: ExampleImportState;
}

function Outcome({ outcome, state }: OutcomeProps) {
  const { state: step, readBytes, totalBytes, imported, importedPerSecond, flawCount, flaws } = outcome;
  return (
    <>
      {step === 'running' && <ProgressBar label={t('tune_importing')} percent={Math.floor((readBytes / Math.max(1, totalBytes)) * 100)} />}
      <p role="status">{step === 'running' ? t('tune_importing') : tCount('tune_imported', imported)}</p>
      {step === 'running' && (
        <p class="small soft">
          {t('tune_import_read', formatBytes(readBytes), formatBytes(totalBytes))} {tCount('tune_import_kept', imported)}{' '}
          {importedPerSecond > 0 && tCount('tune_import_rate', Math.round(importedPerSecond))}
        </p>
      )}
      {step === 'stopped' && <p class="small soft">{t('tune_import_stopped')}</p>}
      {flawCount > 0 && step !== 'running' && (
        <details class="small">
          <summary>{tCount('tune_flaws', flawCount)}</summary>
          <ul class="tune-problems">
            {flaws.map((flaw, index) => (
              // They never change places.
              <li key={index}>
                <span class="soft">{t('tuning_line', flaw.line)}</span> {flawWords(flaw)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="actions">
        {step === 'running' ? (
          <button type="button" class="button" onClick={state.stop}>
            {t('stop')}
          </button>
        ) : (
          <button type="button" class="button quiet" onClick={state.close}>
            {t('tune_close')}
          </button>
        )}
      </div>
    </>
  );
}
