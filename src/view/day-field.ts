/**
 * The first moment of a day where the person is, in milliseconds since 1970.
 * @param day as a date field gives it, `2026-05-17`; nothing for an empty one
 * @param daysLater so many days after it
 */
export function startOfDay(day: string, daysLater = 0): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + daysLater).getTime();
}

/** The day of a moment as a date field takes it, or one so many days later; empty when there is no moment. */
export function dayOf(moment: number | undefined, daysLater = 0): string {
  if (moment === undefined) return '';
  const date = new Date(moment);
  date.setDate(date.getDate() + daysLater);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
