import { useSignal } from '@preact/signals';
import { type ExportKind, exportKinds } from '../../protocol/file-work';
import { type MessageKey, t } from '../../view/translate';
import { CheckField } from '../shared/check-field';
import type { DataState } from '../state/data-state';
import { DataWork } from './data-work';
import { Field } from './field';

const names: Record<ExportKind, MessageKey> = {
  markdown: 'export_markdown',
  'json-lines': 'export_json_lines',
  bibtex: 'export_bibtex',
  'csl-json': 'export_csl_json',
};
const hints: Record<ExportKind, MessageKey> = {
  markdown: 'export_markdown_hint',
  'json-lines': 'export_json_lines_hint',
  bibtex: 'export_citations_hint',
  'csl-json': 'export_citations_hint',
};

/** All pages in a form that other programs read. */
export function ExportForm({ data }: { readonly data: DataState }) {
  const kind = useSignal<ExportKind>('markdown');
  const allVersions = useSignal(false);
  return (
    <section class="data-form" aria-labelledby="export-heading">
      <h4 id="export-heading">{t('export')}</h4>
      <Field label={t('export_as')} hint={t(hints[kind.value])}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            aria-describedby={hintId}
            value={kind.value}
            onChange={(event) => {
              kind.value = exportKinds.find((one) => one === event.currentTarget.value) ?? 'markdown';
            }}
          >
            {exportKinds.map((one) => (
              <option key={one} value={one}>
                {t(names[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind.value === 'json-lines' && (
        <CheckField
          label={t('all_versions')}
          isChecked={allVersions.value}
          onChange={(isChecked) => {
            allVersions.value = isChecked;
          }}
        />
      )}
      <div class="actions">
        <button
          type="button"
          class="button"
          disabled={data.working.value !== undefined}
          onClick={() => data.exportPages({ kind: kind.value, allVersions: allVersions.value })}
        >
          {t('export_pages')}
        </button>
      </div>
      <DataWork data={data} task="export" label={t('exporting')} />
    </section>
  );
}
