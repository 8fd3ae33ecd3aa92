import { writtenHost } from '../pages/site-host';
import { tidyTag } from '../pages/tidy-tags';
import type { SearchQuery, SearchScope } from './search';

export type ParsedQuery = Required<Pick<SearchQuery, 'text' | 'phrases' | 'excluded' | 'scope'>>;

/** The first millisecond of a day, given as people write it: months count from 1. */
export type StartOfDay = (year: number, month: number, day: number) => number;

const quoted = '(?<![\\p{L}\\p{N}])"[^"]+"|[“„][^“”„]+[“”]|«[^«»]+»|「[^「」]+」|『[^『』]+』';
/** The end of a word, or of a sentence that ends with it. More marks than a sentence ends with are not looked through again and again. */
const ends = '(?=[.,;:!?。、！？]{0,8}(?:\\s|$))';
const operator = `(?<sign>-?)(?<key>site|tag|after|before):(?:(?<quotedValue>${quoted})|(?<value>[^\\s"]+?))${ends}`;
/** One letter is an option of a command rather than a word: «grep -v». */
const excluded = `-(?:(?<excludedPhrase>${quoted})|(?<excludedWord>(?!\\p{Script=Latin}(?:\\s|$))\\p{L}[^\\s"]*?))${ends}`;
const marks = new RegExp(`(?<=^|\\s)(?:${operator}|${excluded})|(?<phrase>${quoted})`, 'giu');

/**
 * Takes the operators out of what a person wrote: `"a phrase"` (in the quotation marks of many languages), `-word`, `-"a phrase"`, and
 * `site:`, `tag:`, `after:` and `before:`, the first two also with `-` before them. An operator begins a word; what only looks like one, such
 * as an unknown `key:`, a date that does not exist or a quotation mark without its fellow, stays text. So does a `-word` on its own: without
 * it, nothing would be asked for.
 *
 * Dates are a year, a month or a day (`2024`, `2024-05`, `2024-05-17`, also with `/` or `.`). `after:` means from the period's first
 * moment on, with the period itself, and `before:` means until just before that moment: `after:2024 before:2025` is all of 2024.
 * @param startOfDay where the person is; left out, where this code runs
 */
export function parseQuery(written: string, startOfDay: StartOfDay = startOfLocalDay): ParsedQuery {
  const phrases: string[] = [];
  const unwanted: string[] = [];
  const scopes: SearchScope[] = [];
  const text = written.replace(marks, (mark, ...rest: unknown[]) => {
    const found = rest.at(-1) as MarkGroups;
    if (found.key !== undefined) {
      const scope = scopeOf(found, startOfDay);
      if (scope) scopes.push(scope);
      return scope ? ' ' : mark;
    }
    const words = found.excludedWord ?? withoutMarks(found.excludedPhrase ?? found.phrase ?? '');
    if (!/[\p{L}\p{N}]/u.test(words)) return mark;
    if (found.phrase === undefined) unwanted.push(words);
    else phrases.push(words);
    return found.phrase === undefined ? ' ' : ` ${words} `;
  });
  const scope = scopes.reduce(narrow, {});
  const asksForNothing = text.trim() === '' && scopes.length === 0;
  return asksForNothing
    ? { text: tidySpaces(written), phrases: [], excluded: [], scope: {} }
    : { text: tidySpaces(text), phrases, excluded: unwanted, scope };
}

interface MarkGroups {
  readonly sign?: string;
  readonly key?: string;
  readonly quotedValue?: string;
  readonly value?: string;
  readonly excludedPhrase?: string;
  readonly excludedWord?: string;
  readonly phrase?: string;
}

function scopeOf({ sign, key, quotedValue, value = '' }: MarkGroups, startOfDay: StartOfDay): SearchScope | undefined {
  const written = quotedValue === undefined ? value : withoutMarks(quotedValue);
  switch (key?.toLowerCase()) {
    case 'site': {
      const host = writtenHost(written);
      return host === undefined ? undefined : { [sign ? 'excludedSites' : 'sites']: [host] };
    }
    case 'tag': {
      const tag = tidyTag(written);
      return tag === '' ? undefined : { [sign ? 'excludedTags' : 'tags']: [tag] };
    }
    default: {
      const time = sign ? undefined : startOfPeriod(written, startOfDay);
      return time === undefined ? undefined : { [key?.toLowerCase() === 'after' ? 'after' : 'before']: time };
    }
  }
}

function startOfPeriod(written: string, startOfDay: StartOfDay): number | undefined {
  const parts = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(written);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[3] ?? 1), Number(parts[4] ?? 1)];
  // A day that does not exist would be another one: 30 February is 1 or 2 March.
  const real = new Date(Date.UTC(year, month - 1, day));
  if (year < 1_000 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return undefined;
  return startOfDay(year, month, day);
}

function startOfLocalDay(year: number, month: number, day: number): number {
  return new Date(year, month - 1, day).getTime();
}

function narrow(one: SearchScope, other: SearchScope): SearchScope {
  const joined: { -readonly [Part in keyof SearchScope]: SearchScope[Part] } = { ...one };
  for (const part of ['sites', 'excludedSites', 'tags', 'excludedTags'] as const) {
    const values = other[part];
    if (values) joined[part] = [...new Set([...(one[part] ?? []), ...values])];
  }
  if (other.after !== undefined) joined.after = Math.max(other.after, one.after ?? other.after);
  if (other.before !== undefined) joined.before = Math.min(other.before, one.before ?? other.before);
  return joined;
}

function withoutMarks(quotedWords: string): string {
  return tidySpaces(quotedWords.slice(1, -1));
}

function tidySpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
