interface CheckFieldProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** A box to tick, with its words beside it. */
export function CheckField({ label, isChecked, onChange }: CheckFieldProps) {
  return (
    <label class="check-field">
      <input type="checkbox" checked={isChecked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span dir="auto">{label}</span>
    </label>
  );
}
