import { useEffect } from 'preact/hooks';
import { AssistantsSection } from '../assistants/assistants-section';
import type { Client } from '../client';
import type { AssistantsState } from '../state/assistants-state';
import type { AutoSaveState } from '../state/auto-save-state';
import type { DataState } from '../state/data-state';
import type { SettingsState } from '../state/settings-state';
import type { SpendingState } from '../state/spending-state';
import type { StorageState } from '../state/storage-state';
import type { TunedSearchState } from '../state/tuned-search-state';
import { AutoSave } from './auto-save';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';
import { SearchByMeaning } from './search-by-meaning';
import { Spending } from './spending';
import { Storage } from './storage';
import { TunedSearch } from './tuned-search';
import { WritingForm } from './writing-form';
import { YourData } from './your-data';

interface SettingsViewProps {
  readonly client: Pick<Client, 'send' | 'saveText'>;
  readonly assistants: AssistantsState;
  readonly settings: SettingsState;
  readonly tunedSearch: TunedSearchState;
  readonly spending: SpendingState;
  readonly autoSave: AutoSaveState;
  readonly storage: StorageState;
  readonly data: DataState;
  readonly onOpenLibrary: () => void;
}

export function SettingsView({
  client,
  assistants,
  settings,
  tunedSearch,
  spending,
  autoSave,
  storage,
  data,
  onOpenLibrary,
}: SettingsViewProps) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} prices={spending.status.value?.prices ?? []} />
      <WritingForm settings={settings} />
      <SearchByMeaning settings={settings} />
      <TunedSearch tuned={tunedSearch} />
      <AssistantsSection client={client} assistants={assistants} settings={settings} />
      <Spending spending={spending} saveText={client.saveText} />
      <YourData data={data} settings={settings} autoSave={autoSave} />
      <AutoSave autoSave={autoSave} />
      <Storage storage={storage} onOpenLibrary={onOpenLibrary} />
      <Privacy />
    </div>
  );
}
