const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2_000, month, 15)));
const byLanguage = new Map<string, ReadonlyMap<string, number>>();

/** Which month of twelve a word in lower case names, in full as it stands in a date or as a list of months has it. */
export function monthOfWord(word: string, language: string): number | undefined {
  let names = byLanguage.get(language);
  if (!names) {
    names = namesIn(language);
    byLanguage.set(language, names);
  }
  return names.get(word);
}

function namesIn(language: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  try {
    for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' });
      for (const [index, date] of months.entries()) {
        const name = format
          .formatToParts(date)
          .find(({ type }) => type === 'month')
          ?.value.toLowerCase()
          .replace(/\.$/, '');
        if (name && /^\p{L}{3,}$/u.test(name)) names.set(name, index + 1);
      }
    }
  } catch {
    // A language that the browser does not know has no names of months here.
  }
  return names;
}
