import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { PlanFields } from './plan-fields';
import { PlanPrice } from './plan-price';
import { type ProblemActions, ProblemWay } from './problem-way';
import { ServiceFields } from './service-fields';
import type { TrainState } from './train-state';

interface TrainFormProps {
  readonly train: TrainState;
  readonly actions: ProblemActions;
}

/** Where to train, what, how, and at what price. */
export function TrainForm({ train, actions }: TrainFormProps) {
  const problem = train.problem.value;
  const isOpen = train.isFormOpen.value;
  const form = useRef<HTMLFormElement>(null);
  const isWanted = train.isFormWanted.value;
  useLayoutEffect(() => {
    if (!isWanted) return;
    form.current?.focus();
    train.isFormWanted.value = false;
  }, [isWanted, train]);
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        train.isFormOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t('train_new')}</summary>
      <form
        ref={form}
        tabIndex={-1}
        class="tune-form"
        aria-label={t('train_new')}
        onSubmit={(event) => {
          event.preventDefault();
          void train.price();
        }}
      >
        <ServiceFields train={train} actions={actions} />
        <PlanFields train={train} />
        <PlanPrice train={train} actions={actions} />
        {problem && (
          <ProblemNotice problem={problem}>
            <ProblemWay problem={problem} service={train.plan.value.service} train={train} actions={actions} />
          </ProblemNotice>
        )}
      </form>
    </details>
  );
}
