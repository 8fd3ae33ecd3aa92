import { useId } from 'preact/hooks';
import {
  type ModelParameters,
  type NumberParameter,
  type ParameterName,
  parameterLimits,
  reasoningEfforts,
  verbosities,
  withoutParameter,
} from '../../../core/model-parameters';
import { type MessageKey, t } from '../../../view/translate';
import { ChoiceControl } from './choice-control';
import { NumberControl } from './number-control';
import { ParameterExample } from './parameter-example';
import { parameterWords } from './parameter-words';
import { StopControl } from './stop-control';

interface ParameterRowProps {
  readonly name: ParameterName;
  readonly parameters: ModelParameters;
  readonly isRefused: boolean;
  readonly onChange: (parameters: ModelParameters) => void;
}

const levels = {
  none: 'level_none',
  minimal: 'level_minimal',
  low: 'level_low',
  medium: 'level_medium',
  high: 'level_high',
  xhigh: 'level_xhigh',
} as const satisfies Record<(typeof reasoningEfforts)[number], MessageKey>;

/** One parameter, folded to its name and value until it is opened. */
export function ParameterRow({ name, parameters, isRefused, onChange }: ParameterRowProps) {
  const id = useId();
  const { name: title, effect } = parameterWords[name];
  const isSet = parameters[name] !== undefined;
  const set = (value: ModelParameters[ParameterName] | undefined) =>
    onChange(value === undefined ? withoutParameter(parameters, name) : { ...parameters, [name]: value });
  return (
    <details class="parameter">
      <summary>
        <span>{t(title)}</span>
        <span class={isSet ? 'parameter-value' : 'soft small'}>{isSet ? valueWords(parameters, name) : t('left_to_server')}</span>
      </summary>
      <div class="parameter-body">
        <p id={`${id}-effect`}>{t(effect)}</p>
        {isRefused && <p class="small">{t('parameter_refused')}</p>}
        <Control name={name} parameters={parameters} label={t(title)} describedBy={`${id}-effect`} onChange={set} />
        <ParameterExample name={name} parameters={parameters} />
        {isSet && (
          <button type="button" class="text-button small" onClick={() => set(undefined)}>
            {t('leave_to_server', t(title))}
          </button>
        )}
      </div>
    </details>
  );
}

interface ControlProps {
  readonly name: ParameterName;
  readonly parameters: ModelParameters;
  readonly label: string;
  readonly describedBy: string;
  readonly onChange: (value: ModelParameters[ParameterName] | undefined) => void;
}

function Control({ name, parameters, label, describedBy, onChange }: ControlProps) {
  const common = { label, describedBy };
  switch (name) {
    case 'stop':
      return <StopControl {...common} stops={parameters.stop ?? []} onChange={onChange} />;
    case 'reasoningEffort':
    case 'verbosity': {
      const choices = (name === 'verbosity' ? verbosities : reasoningEfforts).map((value) => ({ value, words: t(levels[value]) }));
      return <ChoiceControl {...common} value={parameters[name]} choices={choices} onChange={onChange} />;
    }
    case 'takeBest':
    case 'systemMessage': {
      const choices = [
        { value: 'yes', words: t('choice_yes') },
        { value: 'no', words: t('choice_no') },
      ];
      const value = parameters[name];
      return (
        <ChoiceControl
          {...common}
          value={value === undefined ? undefined : value ? 'yes' : 'no'}
          choices={choices}
          onChange={(chosen) => onChange(chosen === undefined ? undefined : chosen === 'yes')}
        />
      );
    }
    default:
      return (
        <NumberControl {...common} value={parameters[name]} limits={parameterLimits[name satisfies NumberParameter]} onChange={onChange} />
      );
  }
}

function valueWords(parameters: ModelParameters, name: ParameterName): string {
  const value = parameters[name];
  if (typeof value === 'boolean') return t(value ? 'choice_yes' : 'choice_no');
  if (typeof value === 'number') return t('plain_number', value);
  if (typeof value === 'string') return value in levels ? t(levels[value as keyof typeof levels]) : value;
  return (value ?? []).map((stop) => JSON.stringify(stop)).join(' ');
}
