import type { OfferedModel } from '../../core/offered-model';
import { Field } from './field';

interface ModelFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What the server offers, to choose from; any other name can be typed. */
  readonly models: readonly OfferedModel[] | undefined;
  readonly onChange: (value: string) => void;
}

export function ModelField({ label, hint, value, models, onChange }: ModelFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <>
          <input
            id={id}
            class="field"
            list={`${id}-models`}
            autocomplete="off"
            spellcheck={false}
            aria-describedby={hintId}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value.trim())}
          />
          <datalist id={`${id}-models`}>
            {models?.map(({ id: model }) => (
              <option key={model} value={model} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
