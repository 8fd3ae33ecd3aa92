import { useContext, useEffect } from 'preact/hooks';
import type { OfferedModel } from '../../core/models/offered-model';
import { ModelLineage } from '../shared/lineage/model-lineage';
import { TunedModels } from '../shared/lineage/tuned-models';
import { Field } from './field';

interface ModelFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What the server offers, to choose from; any other name can be typed. */
  readonly models: readonly OfferedModel[] | undefined;
  /** Tuned models write, and embed nothing. */
  readonly isForVectors?: true;
  readonly onChange: (value: string) => void;
}

export function ModelField({ label, hint, value, models, isForVectors, onChange }: ModelFieldProps) {
  const { trained, load } = useContext(TunedModels);
  useEffect(() => void load(), [load]);
  const offered = models?.map(({ id: model }) => model) ?? [];
  const names = isForVectors ? offered : [...new Set([...trained.map(({ model }) => model), ...offered])];
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
            {names.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
          {!isForVectors && <ModelLineage model={value} />}
        </>
      )}
    </Field>
  );
}
