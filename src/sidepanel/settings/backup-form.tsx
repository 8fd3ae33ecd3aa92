import { useSignal } from '@preact/signals';
import { formatBytes } from '../../view/format-bytes';
import { t } from '../../view/translate';
import { CheckField } from '../shared/check-field';
import type { DataState } from '../state/data-state';
import { DataWork } from './data-work';
import { PassphraseField } from './passphrase-field';
import { ScheduleForm } from './schedule-form';

/** @param vectorBytes about how much room the vectors take */
export function BackupForm({ data, vectorBytes }: { readonly data: DataState; readonly vectorBytes: number }) {
  const withVectors = useSignal(true);
  const passphrase = useSignal('');
  const again = useSignal('');
  const differs = passphrase.value !== again.value;
  const backUp = () => {
    data.backUp({ withVectors: withVectors.value, ...(passphrase.value ? { passphrase: passphrase.value } : {}) });
    passphrase.value = '';
    again.value = '';
  };
  return (
    <form
      class="data-form"
      aria-labelledby="backup-heading"
      onSubmit={(event) => {
        event.preventDefault();
        if (!differs) backUp();
      }}
    >
      <h4 id="backup-heading">{t('backup')}</h4>
      <p class="soft">{t('backup_intro')}</p>
      {vectorBytes > 0 && (
        <CheckField
          label={t('with_vectors', formatBytes(vectorBytes))}
          isChecked={withVectors.value}
          onChange={(isChecked) => {
            withVectors.value = isChecked;
          }}
        />
      )}
      <PassphraseField label={t('passphrase')} hint={t('passphrase_hint')} value={passphrase} isNew />
      {passphrase.value !== '' && (
        <PassphraseField
          label={t('passphrase_again')}
          {...(differs && again.value ? { hint: t('passphrase_differs') } : {})}
          value={again}
          isNew
        />
      )}
      <div class="actions">
        <button type="submit" class="button" disabled={data.working.value !== undefined || differs}>
          {t('back_up_now')}
        </button>
      </div>
      <DataWork data={data} task="backup" label={t('backing_up')} />
      <ScheduleForm data={data} withVectors={withVectors.value} />
    </form>
  );
}
