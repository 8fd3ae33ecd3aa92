import { type ModelParameters, type ParameterName, parameterNames } from '../../../core/models/model-parameters';
import { type Refusal, takesParameter } from '../../../core/models/refusals';
import { listWords } from '../../../view/list-words';
import { t } from '../../../view/translate';
import { ParameterRow } from './parameter-row';
import { parameterWords } from './parameter-words';

interface ParametersFormProps {
  readonly parameters: ModelParameters;
  /** What the chosen model does not take: it is not offered. */
  readonly refusals: readonly Refusal[];
  /** What decides where nothing is set: the server, unless it is Settings. */
  readonly leftTo?: 'server' | 'settings';
  readonly onChange: (parameters: ModelParameters) => void;
}

/** The parameters of a model, each with what it does, an example of it, and a way back to what the server would do. */
export function ParametersForm({ parameters, refusals, leftTo = 'server', onChange }: ParametersFormProps) {
  // One that is set is shown all the same: it must be possible to see it, and to take it back.
  const isOffered = (name: ParameterName) => parameters[name] !== undefined || takesParameter(refusals, name);
  const others = parameterNames.filter((name) => !takesParameter(refusals, name));
  return (
    <div class="parameters">
      {parameterNames
        .filter((name) => isOffered(name) && (name !== 'takeBest' || (parameters.answers ?? 1) > 1))
        .map((name) => (
          <ParameterRow
            key={name}
            name={name}
            parameters={parameters}
            isRefused={!takesParameter(refusals, name)}
            leftTo={leftTo}
            onChange={onChange}
          />
        ))}
      {others.length > 0 && (
        <p class="soft small">{t('parameters_not_taken', listWords(others.map((name) => t(parameterWords[name].name))))}</p>
      )}
    </div>
  );
}
