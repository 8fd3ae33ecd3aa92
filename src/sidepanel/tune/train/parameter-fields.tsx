import type { TuningParameters } from '../../../core/tuning/training/tuning-job';
import { type MessageKey, t } from '../../../view/translate';
import { Field } from '../../settings/field';
import type { TrainState } from './train-state';

type ParameterName = keyof TuningParameters;

interface ParameterWords {
  readonly label: MessageKey;
  readonly hint: MessageKey;
  readonly min?: number;
  readonly max?: number;
  readonly step: number | 'any';
}

const parameters: Readonly<Record<ParameterName, ParameterWords>> = {
  epochs: { label: 'train_epochs', hint: 'train_epochs_means', min: 1, max: 50, step: 1 },
  batchSize: { label: 'train_batch_size', hint: 'train_batch_size_means', min: 1, max: 256, step: 1 },
  learningRateMultiplier: { label: 'train_learning_rate', hint: 'train_learning_rate_means', min: 0.001, max: 100, step: 'any' },
  beta: { label: 'train_beta', hint: 'train_beta_means', min: 0.001, max: 2, step: 'any' },
  seed: { label: 'train_seed', hint: 'train_seed_means', min: 0, max: 2_147_483_647, step: 1 },
};

/** The longest that OpenAI takes. */
const longestSuffix = 64;

/** What is left empty the service chooses. */
export function ParameterFields({ train }: { readonly train: TrainState }) {
  const { method, parameters: chosen, suffix } = train.plan.value;
  const { parameters: taken = [] } = train.service.value ?? {};
  const shown = (Object.keys(parameters) as ParameterName[]).filter(
    (name) => taken.includes(name) && (name !== 'beta' || method === 'dpo'),
  );
  const change = (name: ParameterName, value: number) => {
    const { [name]: _, ...others } = chosen;
    train.changePlan({ parameters: Number.isFinite(value) ? { ...others, [name]: value } : others });
  };
  return (
    <details>
      <summary>{t('train_parameters')}</summary>
      <div class="tune-form">
        <p class="small soft">{t('train_parameters_hint')}</p>
        {shown.map((name) => {
          const { label, hint, ...limits } = parameters[name];
          return (
            <Field key={name} label={t(label)} hint={t(hint)}>
              {(id, hintId) => (
                <input
                  id={id}
                  class="field"
                  type="number"
                  {...limits}
                  aria-describedby={hintId}
                  placeholder={t('train_service_chooses')}
                  value={chosen[name] ?? ''}
                  onInput={(event) => change(name, event.currentTarget.valueAsNumber)}
                />
              )}
            </Field>
          );
        })}
        <Field label={t('train_suffix')} hint={t('train_suffix_means')}>
          {(id, hintId) => (
            <input
              id={id}
              class="field"
              maxLength={longestSuffix}
              spellcheck={false}
              autocomplete="off"
              aria-describedby={hintId}
              value={suffix ?? ''}
              onInput={(event) => train.changeSuffix(event.currentTarget.value.trim())}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
