import { t } from '../../view/translate';
import type { SettingsState } from '../state/settings-state';

/** Ends a form of settings: its button, and whether they are saved. */
export function SaveSettings({ settings }: { readonly settings: SettingsState }) {
  const working = settings.working.value;
  return (
    <div class="actions">
      <button type="submit" class="button primary" disabled={working !== undefined}>
        {working === 'saving' ? t('saving') : t('save')}
      </button>
      <span class="soft small" role="status">
        {settings.justSaved.value && t('settings_saved')}
      </span>
    </div>
  );
}
