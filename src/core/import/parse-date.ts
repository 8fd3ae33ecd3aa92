const earliestMs = Date.UTC(1990, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * A moment as programs write it into their exports: seconds, milliseconds or microseconds since 1970, or a date that `Date.parse` reads.
 * @returns milliseconds since 1970; absent when it is none, or lies outside the years 1990 to 2099
 */
export function parseDate(written: string | undefined): number | undefined {
  const text = written?.trim();
  if (!text) return undefined;
  const time = /^\d+(\.\d+)?$/.test(text) ? inMilliseconds(Number(text)) : dateOf(text);
  return time >= earliestMs && time < latestMs ? Math.round(time) : undefined;
}

function inMilliseconds(count: number): number {
  if (count < latestMs / 1_000) return count * 1_000;
  return count < latestMs ? count : count / 1_000;
}

/** What has no year in four digits is not taken for a date: `Date.parse` makes one of almost anything. */
function dateOf(text: string): number {
  return /\d{4}/.test(text) ? Date.parse(withIsoTime(text)) : Number.NaN;
}

/** `2024-01-31 08:15:00+00:00` as ISO 8601 has it. A date and time without a zone is taken as UTC, wherever it is read. */
function withIsoTime(text: string): string {
  const [, date, time, zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text) ?? [];
  return date ? `${date}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}` : text;
}
