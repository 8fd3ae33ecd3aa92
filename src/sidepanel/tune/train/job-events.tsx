import type { TuningEvent } from '../../../core/tuning/training/tuning-job';
import { formatTime } from '../../../view/format-date';
import { t, tCount } from '../../../view/translate';

/** A thousand are kept; these are enough to see where it stands. */
const mostShown = 100;

/** What the service said, newest first. */
export function JobEvents({ events }: { readonly events: readonly TuningEvent[] }) {
  return (
    <details>
      <summary>{tCount('train_events', events.length)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <ol class="train-events small" tabIndex={0}>
        {events
          .slice(-mostShown)
          .reverse()
          .map(({ id, at, level, text }) => (
            <li key={id}>
              <span class="soft">{formatTime(at)}</span>{' '}
              {level !== 'info' && <strong>{t(level === 'error' ? 'train_event_error' : 'train_event_warning')}</strong>}{' '}
              <span dir="auto">{text}</span>
            </li>
          ))}
      </ol>
    </details>
  );
}
