import type { Signal } from '@preact/signals';

interface CheckFieldProps {
  readonly label: string;
  readonly checked: Signal<boolean>;
}

/** A box to tick, with its words beside it. */
export function CheckField({ label, checked }: CheckFieldProps) {
  return (
    <label class="check-field">
      <input
        type="checkbox"
        checked={checked.value}
        onChange={(event) => {
          checked.value = event.currentTarget.checked;
        }}
      />
      <span>{label}</span>
    </label>
  );
}
