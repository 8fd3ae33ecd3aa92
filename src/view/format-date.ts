import { once } from '../core/once';
import { wordsLocale } from './translate';

const days = once(() => new Intl.DateTimeFormat(wordsLocale(), { dateStyle: 'medium' }));
const daysAsWritten = once(() => new Intl.DateTimeFormat(wordsLocale(), { dateStyle: 'medium', timeZone: 'UTC' }));

/** A day, such as “3 May 2026”, from milliseconds since 1970 or an ISO 8601 date. Empty when it is no date. */
export function formatDate(when: number | string): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return '';
  // A date without a time is parsed as midnight UTC: shown in local time it would be the day before, west of Greenwich.
  const dayOnly = typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when);
  return (dayOnly ? daysAsWritten() : days()).format(date);
}

/** A month, such as “November 2026”. @param month as in `2026-11` */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat(wordsLocale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01`));
}

/** A day and a time of day, such as “3 May 2026, 14:05”, from milliseconds since 1970. */
export function formatDateTime(whenMs: number): string {
  return new Intl.DateTimeFormat(wordsLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(whenMs);
}

/** A time of day, such as “14:05”, from milliseconds since 1970. */
export function formatTime(whenMs: number): string {
  return new Intl.DateTimeFormat(wordsLocale(), { timeStyle: 'short' }).format(whenMs);
}
