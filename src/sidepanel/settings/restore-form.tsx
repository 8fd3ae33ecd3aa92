import { useSignal } from '@preact/signals';
import { t } from '../../view/translate';
import type { DataState } from '../state/data-state';
import { DataWork } from './data-work';
import { Field } from './field';
import { PassphraseField } from './passphrase-field';
import { RestoreNotice } from './restore-notice';

interface RestoreFormProps {
  readonly data: DataState;
  /** A model server is set already, or rules for sites. */
  readonly hasOwnSettings: boolean;
}

/** A backup is chosen, looked at, and only then restored. */
export function RestoreForm({ data, hasOwnSettings }: RestoreFormProps) {
  const passphrase = useSignal('');
  const restore = data.restore.value;
  const isBusy = data.working.value !== undefined;
  const failed = data.problem.value?.task === 'restore' ? data.problem.value.problem.code : undefined;
  const isLocked = failed === 'backup-locked' || failed === 'backup-passphrase-wrong';
  return (
    <section class="data-form" aria-labelledby="restore-heading">
      <h4 id="restore-heading">{t('restore')}</h4>
      {restore ? (
        <RestoreNotice data={data} restore={restore} hasOwnSettings={hasOwnSettings} />
      ) : (
        <Field label={t('backup_file')} hint={t('restore_hint')}>
          {(id, hintId) => (
            <input
              id={id}
              type="file"
              accept=".zip,.encrypted"
              disabled={isBusy}
              aria-describedby={hintId}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file) void data.open(file);
                // Else the same file, mended meanwhile, could not be chosen again.
                event.currentTarget.value = '';
              }}
            />
          )}
        </Field>
      )}
      <DataWork data={data} task="restore" label={t('examining')} />
      {isLocked && !isBusy && (
        <form
          class="data-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase.value) data.unlock(passphrase.value);
            passphrase.value = '';
          }}
        >
          <PassphraseField label={t('passphrase_of_backup')} value={passphrase} isNew={false} />
          <div class="actions">
            <button type="submit" class="button" disabled={passphrase.value === ''}>
              {t('open_backup')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
