import { wordsLocale } from './translate';

/** A day, such as “3 May 2026”, from milliseconds since 1970 or an ISO 8601 date. Empty when it is no date. */
export function formatDate(when: number | string): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return '';
  // A date without a time is parsed as midnight UTC: shown in local time it would be the day before, west of Greenwich.
  const dayOnly = typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when);
  return new Intl.DateTimeFormat(wordsLocale(), { dateStyle: 'medium', ...(dayOnly && { timeZone: 'UTC' }) }).format(date);
}

/** A time of day, such as “14:05”, from milliseconds since 1970. */
export function formatTime(whenMs: number): string {
  return new Intl.DateTimeFormat(wordsLocale(), { timeStyle: 'short' }).format(whenMs);
}
