import type { ReadonlySignal, Signal } from '@preact/signals';
import { t } from '../../view/translate';
import { Field } from './field';

interface KeyFieldProps {
  readonly settings: {
    readonly storedKeyFits: ReadonlySignal<boolean>;
    /** Absent while nothing is typed. */
    readonly typedKey: Signal<string | undefined>;
    readonly forgetKey: () => unknown;
  };
}

/** Where a key is typed. One that is stored is never shown, only said to be there. */
export function KeyField({ settings }: KeyFieldProps) {
  const hasKey = settings.storedKeyFits.value;
  return (
    <div>
      <Field label={t('key')} hint={hasKey ? t('key_stored_hint') : t('key_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            class="field"
            type="password"
            autocomplete="off"
            spellcheck={false}
            aria-describedby={hintId}
            placeholder={hasKey ? t('key_stored') : ''}
            value={settings.typedKey.value ?? ''}
            onInput={(event) => {
              settings.typedKey.value = event.currentTarget.value.trim() || undefined;
            }}
          />
        )}
      </Field>
      {hasKey && (
        <button type="button" class="text-button small" onClick={() => void settings.forgetKey()}>
          {t('forget_key')}
        </button>
      )}
    </div>
  );
}
