import { useEffect } from 'preact/hooks';
import type { DataState } from '../state/data-state';
import type { SettingsState } from '../state/settings-state';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';
import { SearchByMeaning } from './search-by-meaning';
import { YourData } from './your-data';

export function SettingsView({ settings, data }: { readonly settings: SettingsState; readonly data: DataState }) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} />
      <SearchByMeaning settings={settings} />
      <YourData data={data} settings={settings} />
      <Privacy />
    </div>
  );
}
