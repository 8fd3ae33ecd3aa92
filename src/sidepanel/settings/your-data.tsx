import { useEffect } from 'preact/hooks';
import { t } from '../../view/translate';
import type { AutoSaveState } from '../state/auto-save-state';
import type { DataState } from '../state/data-state';
import type { SettingsState } from '../state/settings-state';
import { BackupForm } from './backup-form';
import { ExportForm } from './export-form';
import { RestoreForm } from './restore-form';

interface YourDataProps {
  readonly data: DataState;
  readonly settings: SettingsState;
  readonly autoSave: AutoSaveState;
}

/** How what is saved gets out, and back. */
export function YourData({ data, settings, autoSave }: YourDataProps) {
  const hasOwnServer = settings.stored.value?.baseUrl !== '';
  const hasOwnRules = autoSave.view.value?.rules.length !== 0;
  useEffect(() => void data.refresh(), [data]);
  return (
    <section class="your-data" aria-labelledby="your-data-heading">
      <h3 id="your-data-heading">{t('your_data')}</h3>
      <BackupForm data={data} vectorBytes={(settings.embedding.value?.kept ?? []).reduce((sum, { bytes }) => sum + bytes, 0)} />
      <RestoreForm data={data} hasOwnSettings={hasOwnServer || hasOwnRules} />
      <ExportForm data={data} />
    </section>
  );
}
