import { GraduationCap } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { type MarvStep, marvSteps } from './marv-state';
import { CheckStep, FileStep, LookStep, type MarvProps, MeetStep, PriceStep, SplitStep, WaysStep } from './marv-steps';

const contents: Readonly<Record<MarvStep, (props: MarvProps) => preact.ComponentChild>> = {
  meet: MeetStep,
  look: LookStep,
  check: CheckStep,
  split: SplitStep,
  price: PriceStep,
  file: FileStep,
  ways: WaysStep,
};

/** The walk through this view with Marv: offered while there are no examples, then a card that says what to do next. */
export function Marv({ marv, examples, onTrain }: MarvProps) {
  useEffect(() => void marv.load(), [marv]);
  const walk = marv.walk.value;
  const problem = marv.problem.value;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {!walk && examples.total.value === 0 && <Offer marv={marv} />}
      {walk?.isLeft && (
        <div class="tune-part">
          <p class="small soft">{t('marv_left')}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => marv.go(walk.step)}>
              {t('marv_go_on')}
            </button>
            <TakeAway marv={marv} />
          </div>
        </div>
      )}
      {walk && !walk.isLeft && <Card marv={marv} examples={examples} onTrain={onTrain} step={walk.step} />}
    </>
  );
}

function Offer({ marv }: Pick<MarvProps, 'marv'>) {
  return (
    <div class="tune-part">
      <div class="actions">
        <button type="button" class="button" disabled={marv.isBusy.value} onClick={() => void marv.start()}>
          <Icon node={GraduationCap} />
          {t('marv_offer')}
        </button>
      </div>
      <p class="small soft">{t('marv_offer_hint')}</p>
    </div>
  );
}

function Card({ marv, examples, onTrain, step }: MarvProps & { readonly step: MarvStep }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const place = marvSteps.indexOf(step);
  const isGone = marv.own.value?.length === 0 && !marv.isBusy.value;
  const isLast = place === marvSteps.length - 1;
  const Content = contents[step];
  const go = (by: number) => {
    const next = marvSteps[place + by];
    if (!next) return;
    marv.go(next);
    // What is read out begins with the step, and the next Tab leads into it.
    heading.current?.focus();
  };
  return (
    <section class="marv" aria-label={t('marv_card')}>
      <p class="small soft">{t('marv_step', place + 1, marvSteps.length)}</p>
      <h3 ref={heading} tabIndex={-1}>
        {t(`marv_step_${step}`)}
      </h3>
      {isGone ? (
        <>
          <p>{t('marv_gone')}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => void marv.addAgain()}>
              {t('marv_add_again')}
            </button>
          </div>
        </>
      ) : (
        <Content marv={marv} examples={examples} onTrain={onTrain} />
      )}
      <div class="actions">
        <button type="button" class="button" disabled={place === 0} onClick={() => go(-1)}>
          {t('marv_back')}
        </button>
        <button type="button" class="button primary" onClick={isLast ? marv.leave : () => go(1)}>
          {t(isLast ? 'done' : 'marv_next')}
        </button>
      </div>
      <div class="actions">
        {!isLast && (
          <button type="button" class="button quiet" onClick={marv.leave}>
            {t('marv_leave')}
          </button>
        )}
        <TakeAway marv={marv} />
      </div>
    </section>
  );
}

function TakeAway({ marv }: Pick<MarvProps, 'marv'>) {
  return (
    <button
      type="button"
      class="button quiet"
      title={t('marv_take_away_hint')}
      disabled={marv.isBusy.value}
      onClick={() => void marv.takeAway()}
    >
      {t('marv_take_away')}
    </button>
  );
}
