import { t } from '../../view/translate';
import { ProgressLine } from '../shared/progress-line';
import type { ImportState } from './import-state';

/** What is read or handed over just now, with a way to stop it. */
export function ImportWork({ imports }: { readonly imports: ImportState }) {
  const label = t(imports.step.value === 'reading' ? 'import_reading' : 'import_sending');
  const percent = Math.floor(imports.shareDone.value * 100);
  return (
    <>
      <ProgressLine label={label} percent={percent} />
      <div class="actions">
        <button type="button" class="button" onClick={imports.stopWork}>
          {t('stop')}
        </button>
      </div>
    </>
  );
}
