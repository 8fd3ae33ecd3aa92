import { useId } from 'preact/hooks';
import {
  type ModelParameters,
  type NumberParameter,
  type ParameterName,
  parameterLimits,
  reasoningEfforts,
  verbosities,
  withoutParameter,
} from '../../../core/models/model-parameters';
import { type MessageKey, t } from '../../../view/translate';
import { ChoiceControl } from './choice-control';
import { NumberControl } from './number-control';
import { ParameterExample } from './parameter-example';
import { levelWords, parameterValueWords } from './parameter-value-words';
import { parameterWords } from './parameter-words';
import { StopControl } from './stop-control';

interface ParameterRowProps {
  readonly name: ParameterName;
  readonly parameters: ModelParameters;
  readonly isRefused: boolean;
  /** What decides where nothing is set. */
  readonly leftTo: keyof typeof leftWords;
  readonly onChange: (parameters: ModelParameters) => void;
}

const leftWords = {
  server: { state: 'left_to_server', action: 'leave_to_server' },
  settings: { state: 'left_to_settings', action: 'leave_to_settings' },
} as const satisfies Record<string, Record<string, MessageKey>>;

/** One parameter, folded to its name and value until it is opened. */
export function ParameterRow({ name, parameters, isRefused, leftTo, onChange }: ParameterRowProps) {
  const id = useId();
  const { name: title, effect } = parameterWords[name];
  const left = t(leftWords[leftTo].state);
  const isSet = parameters[name] !== undefined;
  const set = (value: ModelParameters[ParameterName] | undefined) =>
    onChange(value === undefined ? withoutParameter(parameters, name) : { ...parameters, [name]: value });
  return (
    <details class="parameter">
      <summary>
        <span>{t(title)}</span>
        <span class={isSet ? 'parameter-value' : 'soft small'}>{isSet ? parameterValueWords(parameters, name) : left}</span>
      </summary>
      <div class="parameter-body">
        <p id={`${id}-effect`}>{t(effect)}</p>
        {isRefused && <p class="small">{t('parameter_refused')}</p>}
        <Control name={name} parameters={parameters} label={t(title)} left={left} describedBy={`${id}-effect`} onChange={set} />
        <ParameterExample name={name} parameters={parameters} />
        {isSet && (
          <button type="button" class="text-button small" onClick={() => set(undefined)}>
            {t(leftWords[leftTo].action, t(title))}
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
  /** Stands for no value. */
  readonly left: string;
  readonly describedBy: string;
  readonly onChange: (value: ModelParameters[ParameterName] | undefined) => void;
}

function Control({ name, parameters, label, left, describedBy, onChange }: ControlProps) {
  const common = { label, describedBy };
  switch (name) {
    case 'stop':
      return <StopControl {...common} stops={parameters.stop ?? []} onChange={onChange} />;
    case 'reasoningEffort':
    case 'verbosity': {
      const choices = (name === 'verbosity' ? verbosities : reasoningEfforts).map((value) => ({ value, words: t(levelWords[value]) }));
      return <ChoiceControl {...common} value={parameters[name]} choices={choices} left={left} onChange={onChange} />;
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
          left={left}
          onChange={(chosen) => onChange(chosen === undefined ? undefined : chosen === 'yes')}
        />
      );
    }
    default:
      return (
        <NumberControl
          {...common}
          left={left}
          value={parameters[name]}
          limits={parameterLimits[name satisfies NumberParameter]}
          onChange={onChange}
        />
      );
  }
}
