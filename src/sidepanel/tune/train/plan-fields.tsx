import type { TuningMethod } from '../../../core/tuning/training/tuning-job';
import type { TuningServiceStatus } from '../../../protocol/tuning-job-requests';
import { formatDate } from '../../../view/format-date';
import { formatPriceUsd } from '../../../view/format-usd';
import { type MessageKey, t } from '../../../view/translate';
import { Field } from '../../settings/field';
import { ModelField } from '../../settings/model-field';
import { CheckField } from '../../shared/check-field';
import { ParameterFields } from './parameter-fields';
import type { TrainState } from './train-state';

const methods: Readonly<Record<TuningMethod, { readonly name: MessageKey; readonly means: MessageKey }>> = {
  supervised: { name: 'train_supervised', means: 'train_supervised_means' },
  dpo: { name: 'train_dpo', means: 'train_dpo_means' },
};

/** From which model, how and on what of the examples it is trained. */
export function PlanFields({ train }: { readonly train: TrainState }) {
  const plan = train.plan.value;
  const { models = [], methods: offered = [] } = train.service.value ?? {};
  const listed = models.find(({ model }) => model === plan.model);
  return (
    <>
      <ModelField
        label={t('train_model')}
        hint={plan.model ? priceHint(listed) : t('train_model_hint')}
        value={plan.model}
        models={models.map(({ model }) => ({ id: model }))}
        onChange={(model) => train.changePlan({ model })}
      />
      <Field label={t('train_method')} hint={t(methods[plan.method].means)}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            value={plan.method}
            aria-describedby={hintId}
            onChange={(event) => train.changePlan({ method: event.currentTarget.value as TuningMethod })}
          >
            {offered.map((method) => (
              <option key={method} value={method}>
                {t(methods[method].name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div>
        <CheckField
          label={t('tune_with_system_prompt')}
          isChecked={plan.withSystemPrompt}
          onChange={(withSystemPrompt) => train.changePlan({ withSystemPrompt })}
        />
        <p class="small soft">{t('tune_with_system_prompt_hint')}</p>
      </div>
      <div>
        <CheckField
          label={t('train_with_validation')}
          isChecked={plan.withValidation}
          onChange={(withValidation) => train.changePlan({ withValidation })}
        />
        <p class="small soft">{t('train_with_validation_hint')}</p>
      </div>
      <ParameterFields train={train} />
    </>
  );
}

function priceHint(listed: TuningServiceStatus['models'][number] | undefined): string {
  const { usdPerMillionTrained, date } = listed ?? {};
  if (usdPerMillionTrained === undefined) return t('train_model_unpriced');
  const price = usdPerMillionTrained === 0 ? t('free') : formatPriceUsd(usdPerMillionTrained);
  return date === undefined ? t('train_model_own_price', price) : t('train_model_price', price, formatDate(date));
}
