import { useEffect } from 'preact/hooks';
import type { AutoSaveState } from '../state/auto-save-state';
import type { DataState } from '../state/data-state';
import type { SettingsState } from '../state/settings-state';
import type { StorageState } from '../state/storage-state';
import { AutoSave } from './auto-save';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';
import { SearchByMeaning } from './search-by-meaning';
import { Storage } from './storage';
import { WritingForm } from './writing-form';
import { YourData } from './your-data';

interface SettingsViewProps {
  readonly settings: SettingsState;
  readonly autoSave: AutoSaveState;
  readonly storage: StorageState;
  readonly data: DataState;
  readonly onOpenLibrary: () => void;
}

export function SettingsView({ settings, autoSave, storage, data, onOpenLibrary }: SettingsViewProps) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} />
      <WritingForm settings={settings} />
      <SearchByMeaning settings={settings} />
      <YourData data={data} settings={settings} autoSave={autoSave} />
      <AutoSave autoSave={autoSave} />
      <Storage storage={storage} onOpenLibrary={onOpenLibrary} />
      <Privacy />
    </div>
  );
}
