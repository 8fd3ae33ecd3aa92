import type { Signal } from '@preact/signals';
import { Field } from './field';

interface PassphraseFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: Signal<string>;
  /** True where a new one is made up. */
  readonly isNew: boolean;
}

export function PassphraseField({ label, hint, value, isNew }: PassphraseFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <input
          id={id}
          class="field"
          type="password"
          autocomplete={isNew ? 'new-password' : 'current-password'}
          maxLength={1_000}
          aria-describedby={hintId}
          value={value.value}
          onInput={(event) => {
            value.value = event.currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}
