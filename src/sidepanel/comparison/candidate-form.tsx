import type { OfferedModel } from '../../core/models/offered-model';
import type { Candidate } from '../../protocol/comparison-stream';
import { t, tCount } from '../../view/translate';
import { ModelField } from '../settings/model-field';
import { ParametersForm } from '../shared/parameters/parameters-form';
import { useRefusals } from '../shared/use-refusals';
import type { SettingsState } from '../state/settings-state';

interface CandidateFormProps {
  readonly index: number;
  readonly candidate: Candidate;
  readonly models: readonly OfferedModel[] | undefined;
  readonly baseUrl: string;
  readonly client: Pick<SettingsState, 'refusalsOf'>;
  readonly onChange: (change: Partial<Candidate>) => void;
  readonly onRemove: (() => void) | undefined;
}

/** One of the models that a question goes to, and how it is asked. */
export function CandidateForm({ index, candidate, models, baseUrl, client, onChange, onRemove }: CandidateFormProps) {
  const { model, parameters } = candidate;
  const refusals = useRefusals(client, baseUrl, model);
  const count = Object.keys(parameters).length;
  return (
    <fieldset class="candidate-form">
      <legend>{t('compare_candidate', index + 1)}</legend>
      <ModelField
        label={t('compare_model')}
        hint={index === 1 ? t('compare_model_hint') : ''}
        value={model}
        models={models}
        onChange={(chosen) => onChange({ model: chosen })}
      />
      <details>
        <summary>{count === 0 ? t('compare_parameters') : tCount('compare_parameters_set', count)}</summary>
        <ParametersForm parameters={parameters} refusals={refusals} onChange={(changed) => onChange({ parameters: changed })} />
      </details>
      {onRemove && (
        <button type="button" class="text-button small" onClick={onRemove}>
          {t('compare_remove', index + 1)}
        </button>
      )}
    </fieldset>
  );
}
