import { ChevronLeft } from 'lucide';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ChosenScope, withSpan } from '../../core/search/chosen-scope';
import { dayOf, startOfDay } from '../../view/day-field';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { ScopeState } from '../state/scope-state';

interface TimeSpanProps {
  readonly scope: ScopeState;
  readonly onChoose: (chosen: ChosenScope) => void;
  readonly onBack: () => void;
}

/** How many days before today the spans begin that are offered as they are. */
const spans = [
  { words: 'span_today', daysBack: 0 },
  { words: 'span_week', daysBack: 6 },
  { words: 'span_month', daysBack: 29 },
  { words: 'span_year', daysBack: 364 },
] as const;

/** From which day to which the pages were read. */
export function TimeSpan({ scope, onChoose, onBack }: TimeSpanProps) {
  const chosen = scope.chosen.value;
  const { after, before } = chosen.kind === 'library' ? chosen.scope : {};
  const [from, setFrom] = useState(dayOf(after));
  const [to, setTo] = useState(dayOf(before, -1));
  const offered = useRef<HTMLDivElement>(null);
  const [fromId, toId] = [useId(), useId()];
  useLayoutEffect(() => offered.current?.querySelector('button')?.focus(), []);
  const start = startOfDay(from);
  // Until the end of that day.
  const end = startOfDay(to, 1);
  const isSpan = (start !== undefined || end !== undefined) && (start ?? 0) < (end ?? Number.POSITIVE_INFINITY);
  return (
    <form
      class="scope-picker"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSpan) return;
        onChoose(withSpan(chosen, { ...(start === undefined ? {} : { after: start }), ...(end === undefined ? {} : { before: end }) }));
      }}
    >
      <div class="scope-picker-head">
        <button type="button" class="icon-button" title={t('back')} aria-label={t('back')} onClick={onBack}>
          <Icon node={ChevronLeft} />
        </button>
        <h3>{t('choose_time')}</h3>
      </div>
      <div class="scope-spans" ref={offered}>
        {spans.map(({ words, daysBack }) => (
          <button
            key={words}
            type="button"
            class="button"
            onClick={() => onChoose(withSpan(chosen, { after: startOfDay(dayOf(Date.now()), -daysBack) ?? 0 }))}
          >
            {t(words)}
          </button>
        ))}
        {(after ?? before) !== undefined && (
          <button type="button" class="button" onClick={() => onChoose(withSpan(chosen, {}))}>
            {t('span_any')}
          </button>
        )}
      </div>
      <div class="scope-days">
        <label class="soft small" for={fromId}>
          {t('span_from')}
        </label>
        <input id={fromId} class="field" type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
        <label class="soft small" for={toId}>
          {t('span_to')}
        </label>
        <input id={toId} class="field" type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </div>
      <button type="submit" class="button primary" disabled={!isSpan}>
        {t('ask_of_span')}
      </button>
    </form>
  );
}
