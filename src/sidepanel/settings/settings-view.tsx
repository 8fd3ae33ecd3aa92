import { useEffect } from 'preact/hooks';
import type { SettingsState } from '../state/settings-state';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';
import { SearchByMeaning } from './search-by-meaning';

export function SettingsView({ settings }: { readonly settings: SettingsState }) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} />
      <SearchByMeaning settings={settings} />
      <Privacy />
    </div>
  );
}
