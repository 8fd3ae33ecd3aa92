import { useRef, useState } from 'preact/hooks';
import { t } from '../../view/translate';
import { Field } from '../settings/field';
import { FileButton } from '../shared/file-button';
import type { ImportState } from './import-state';

const spansDays = [7, 30, 90, 365] as const;
/** What was visited once was often closed at once. */
const usualVisits = 3;

/** The first step: where the pages come from. */
export function ChooseSource({ imports }: { readonly imports: ImportState }) {
  const [isHistory, setIsHistory] = useState(false);
  return (
    <>
      <p class="soft small">{t('import_hint')}</p>
      <div class="import-sources">
        <button type="button" class="button" onClick={() => void imports.readBookmarks()}>
          {t('import_bookmarks')}
        </button>
        <button type="button" class="button" aria-expanded={isHistory} onClick={() => setIsHistory(!isHistory)}>
          {t('import_history')}
        </button>
        {isHistory && <HistoryForm imports={imports} />}
        <FileButton label={t('import_file')} takes="file" onChoose={(files) => void imports.readFiles(files)} />
        <FileButton label={t('import_folder')} takes="folder" onChoose={(files) => void imports.readFiles(files)} />
      </div>
      <div class="actions">
        <button type="button" class="button quiet" onClick={imports.close}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

function HistoryForm({ imports }: { readonly imports: ImportState }) {
  const days = useRef<HTMLSelectElement>(null);
  const visits = useRef<HTMLInputElement>(null);
  return (
    <form
      class="import-history"
      aria-label={t('import_history')}
      onSubmit={(event) => {
        event.preventDefault();
        void imports.readHistory(Number(days.current?.value), visits.current?.valueAsNumber ?? usualVisits);
      }}
    >
      <Field label={t('import_history_span')}>
        {(id) => (
          <select id={id} class="field" ref={days}>
            {spansDays.map((span) => (
              <option key={span} value={span} selected={span === 30}>
                {t('import_history_days', span)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('import_history_visits')}>
        {(id) => <input id={id} class="field" type="number" min={1} max={1_000} required defaultValue={String(usualVisits)} ref={visits} />}
      </Field>
      <div class="actions">
        <button type="submit" class="button">
          {t('import_history_read')}
        </button>
      </div>
    </form>
  );
}
