import { useLayoutEffect, useRef } from 'preact/hooks';
import { type TuningServiceName, tuningServiceNames } from '../../../core/tuning/training/tuning-job';
import { type MessageKey, t } from '../../../view/translate';
import { Field } from '../../settings/field';
import { KeyField } from '../../settings/key-field';
import { ProblemNotice } from '../../shared/problem-notice';
import { type ProblemActions, ProblemWay } from './problem-way';
import { isProvider } from './service-at';
import { serviceNames } from './service-names';
import type { TrainState } from './train-state';

const aboutService: Readonly<Record<TuningServiceName, MessageKey>> = {
  openai: 'train_about_openai',
  fireworks: 'train_about_fireworks',
};

interface ServiceFieldsProps {
  readonly train: TrainState;
  readonly actions: ProblemActions;
}

/** Which service trains, where it is and by which key it knows the person; and whether it would train at all, asked of it. */
export function ServiceFields({ train, actions }: ServiceFieldsProps) {
  const { service } = train.plan.value;
  const hint = service === 'openai' && !isProvider(service, train.address.value) ? 'train_about_openai_like' : aboutService[service];
  const availability = train.availability.value;
  const working = train.working.value;
  const key = useRef<HTMLDivElement>(null);
  const isKeyWanted = train.isKeyWanted.value;
  useLayoutEffect(() => {
    if (!isKeyWanted) return;
    key.current?.querySelector('input')?.focus();
    train.isKeyWanted.value = false;
  }, [isKeyWanted, train]);
  return (
    <>
      <Field label={t('train_service')} hint={t(hint)}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            value={service}
            aria-describedby={hintId}
            onChange={(event) => train.chooseService(event.currentTarget.value as TuningServiceName)}
          >
            {tuningServiceNames.map((name) => (
              <option key={name} value={name}>
                {name === 'openai' ? t('train_openai_like') : serviceNames[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('base_url')}>
        {(id) => (
          <input
            id={id}
            class="field"
            type="url"
            inputMode="url"
            spellcheck={false}
            placeholder="https://"
            value={train.address.value}
            onInput={(event) => train.changeAddress(event.currentTarget.value.trim())}
          />
        )}
      </Field>
      <div ref={key}>
        <KeyField settings={train} />
      </div>
      <div class="actions">
        <button type="button" class="button" disabled={working !== undefined} onClick={() => void train.ask()}>
          {t(working === 'asking' ? 'train_asking' : 'train_ask')}
        </button>
        <span class="soft small" role="status">
          {availability?.answer === 'yes' && t('train_available')}
          {availability?.answer === 'unknown' && t('train_availability_unknown')}
        </span>
      </div>
      {availability?.problem && (
        <ProblemNotice problem={availability.problem}>
          <ProblemWay problem={availability.problem} service={service} train={train} actions={actions} />
        </ProblemNotice>
      )}
    </>
  );
}
