const earliestYear = 1990;

/** An ISO 8601 date or date and time from what pages write, or `undefined`. A date in words keeps its day and loses its time. */
export function isoDate(written: string | null | undefined): string | undefined {
  const text = written?.trim() ?? '';
  const iso =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(?!\d)/.exec(text);
  if (iso) {
    const [, year = '', month = '', day = '', time, zone] = iso;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (!isSensible(date)) return undefined;
    return time ? `${date}T${time}${zone?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? ''}` : date;
  }
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})/.exec(text);
  if (german) return isoDate(`${german[3]}-${german[2]}-${german[1]}`);
  if (!/\d{4}/.test(text) || !/(^|\D)\d{1,2}\D/.test(`${text} `) || !/[a-z]{3}/i.test(text)) return undefined;
  const parsed = new Date(text.replace(/(\d)(st|nd|rd|th)\b/, '$1'));
  if (Number.isNaN(parsed.getTime())) return undefined;
  return isoDate(`${parsed.getFullYear()}-${parsed.getMonth() + 1}-${parsed.getDate()}`);
}

function isSensible(date: string): boolean {
  const year = Number(date.slice(0, 4));
  return year >= earliestYear && year <= new Date().getFullYear() + 1 && !Number.isNaN(Date.parse(date));
}
