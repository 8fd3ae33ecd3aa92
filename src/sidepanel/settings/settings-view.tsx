import { useEffect } from 'preact/hooks';
import type { SettingsState } from '../state/settings-state';
import { EmbeddingBacklogNotice } from './embedding-backlog-notice';
import { ModelForm } from './model-form';
import { Privacy } from './privacy';

export function SettingsView({ settings }: { readonly settings: SettingsState }) {
  useEffect(() => void settings.load(), [settings]);
  return (
    <div class="settings-view">
      <ModelForm settings={settings} />
      <EmbeddingBacklogNotice settings={settings} />
      <Privacy />
    </div>
  );
}
