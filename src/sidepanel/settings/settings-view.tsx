import { useEffect } from 'preact/hooks';
import type { Client } from '../client';
import type { AutoSaveState } from '../state/auto-save-state';
import type { DataState } from '../state/data-state';
import type { SettingsState } from '../state/settings-state';
import type { SpendingState } from '../state/spending-state';
import type { StorageState } from '../state/storage-state';
import { AutoSave } from './auto-save';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';
import { SearchByMeaning } from './search-by-meaning';
import { Spending } from './spending';
import { Storage } from './storage';
import { WritingForm } from './writing-form';
import { YourData } from './your-data';

interface SettingsViewProps {
  readonly settings: SettingsState;
  readonly spending: SpendingState;
  readonly saveText: Client['saveText'];
  readonly autoSave: AutoSaveState;
  readonly storage: StorageState;
  readonly data: DataState;
  readonly onOpenLibrary: () => void;
}

export function SettingsView({ settings, spending, saveText, autoSave, storage, data, onOpenLibrary }: SettingsViewProps) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} prices={spending.status.value?.prices ?? []} />
      <WritingForm settings={settings} />
      <SearchByMeaning settings={settings} />
      <Spending spending={spending} saveText={saveText} />
      <YourData data={data} settings={settings} autoSave={autoSave} />
      <AutoSave autoSave={autoSave} />
      <Storage storage={storage} onOpenLibrary={onOpenLibrary} />
      <Privacy />
    </div>
  );
}
