import type { BackupSchedule } from '../../core/backup/backup-schedule';
import { formatDate, formatTime } from '../../view/format-date';
import { type MessageKey, t } from '../../view/translate';
import { CommittedInput } from '../shared/committed-input';
import { ProblemNotice } from '../shared/problem-notice';
import type { DataState } from '../state/data-state';
import { Field } from './field';

const choices: readonly (readonly [everyDays: number, words: MessageKey])[] = [
  [0, 'schedule_never'],
  [1, 'schedule_daily'],
  [7, 'schedule_weekly'],
  [30, 'schedule_monthly'],
];
const keptUnlessTold = 5;

/** Whether a backup goes to the downloads by itself, how many of them stay, and how the last one went. */
export function ScheduleForm({ data, withVectors }: { readonly data: DataState; readonly withVectors: boolean }) {
  const schedule = data.schedule.value;
  const failed = data.problem.value?.task === 'schedule' ? data.problem.value.problem : schedule?.problem;
  const set = (part: Partial<BackupSchedule>) => {
    const { everyDays, keep } = { everyDays: schedule?.everyDays ?? 0, keep: schedule?.keep ?? keptUnlessTold, ...part };
    void data.setSchedule(everyDays > 0 ? { everyDays, keep, withVectors } : null);
  };
  return (
    <>
      <Field label={t('schedule')} hint={t('schedule_hint')}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            aria-describedby={hintId}
            value={schedule?.everyDays ?? 0}
            onChange={(event) => set({ everyDays: Number(event.currentTarget.value) })}
          >
            {choices.map(([everyDays, words]) => (
              <option key={everyDays} value={everyDays}>
                {t(words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {schedule && (
        <>
          <Field label={t('schedule_keep')}>
            {(id) => (
              <CommittedInput
                id={id}
                type="number"
                min={1}
                max={100}
                value={schedule.keep}
                onChange={(event) => {
                  if (event.currentTarget.validity.valid) set({ keep: event.currentTarget.valueAsNumber });
                }}
              />
            )}
          </Field>
          <p class="soft small" role="status">
            {schedule.lastAt === undefined
              ? t('schedule_none_yet')
              : t('schedule_last', formatDate(schedule.lastAt), formatTime(schedule.lastAt), schedule.lastName ?? '')}
          </p>
        </>
      )}
      {failed && <ProblemNotice problem={failed} />}
    </>
  );
}
