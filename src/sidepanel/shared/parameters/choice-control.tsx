interface ChoiceControlProps {
  readonly label: string;
  readonly describedBy: string;
  readonly value: string | undefined;
  readonly choices: readonly { readonly value: string; readonly words: string }[];
  /** Stands for no value. */
  readonly left: string;
  readonly onChange: (value: string | undefined) => void;
}

export function ChoiceControl({ label, describedBy, value, choices, left, onChange }: ChoiceControlProps) {
  // What came from elsewhere may be none of those that are offered.
  const isOther = value !== undefined && !choices.some((choice) => choice.value === value);
  return (
    <select
      class="field"
      aria-label={label}
      aria-describedby={describedBy}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    >
      <option value="">{left}</option>
      {isOther && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.words}
        </option>
      ))}
    </select>
  );
}
