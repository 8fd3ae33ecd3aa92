/** The day of a moment where the person is, as an ISO 8601 date. @param at milliseconds since 1970 */
export function localDay(at: number): string {
  const date = new Date(at);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** The first moment of the month after the one of this moment, where the person is, in milliseconds since 1970. */
export function startOfNextMonth(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime();
}

/** The month so many months before that of a day. @param day as `localDay` gives it @returns such as `2026-11` */
export function monthBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return localDay(new Date(year, month - 1 - months, 1).getTime()).slice(0, 7);
}
