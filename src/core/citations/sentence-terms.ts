import { analyzeBeginning, analyzeWord } from '../lexical/analyze-text';
import { compatibilityForm } from '../text/compatibility-form';
import { segmentWords } from '../text/segment-words';
import type { Span } from '../text/span';
import { functionWords } from './function-words';
import { monthOfWord } from './month-of-word';
import { type NumberInText, numbersIn } from './numbers-in';
import { baseForm, meaningsOf } from './synonyms';

/** What a word of a sentence is compared by. Offsets are into the plain text that it was read from. */
export interface SentenceTerm extends Span {
  /** - `name`: written with a capital where its language would not have one otherwise. `number`: a month too. */
  readonly kind: 'word' | 'name' | 'number' | 'function';
  /** The stem, or what stands for a month. */
  readonly term: string;
  /** In lower case. */
  readonly word: string;
  /** All that a number may be. */
  readonly values?: readonly number[];
  readonly meanings?: ReadonlySet<number>;
}

/** Languages that write all nouns with a capital. */
const capitalisesNouns = new Set(['de', 'lb']);

/** Languages whose stem is but the beginning of a word: by it one name would be another. Words are compared whole; how much forms share tells them well enough. */
const stemsAreBeginnings = new Set(['pl', 'tr']);

/** «March» is a month, «march» is not. */
const capitalisesMonths = new Set(['en', 'de']);

/**
 * The words and numbers of a sentence, in order.
 * @param text plain, of one sentence
 */
export function sentenceTerms(text: string, language: string): SentenceTerm[] {
  const small = functionWords(language);
  const terms: SentenceTerm[] = [];
  const dates = isoDates(text);
  const numbers = [...numbersIn(text, language).filter((number) => !dates.some((date) => overlap(date, number))), ...dates].sort(
    (one, other) => one.start - other.start,
  );
  let numberIndex = 0;
  let cursor = 0;
  let isFirst = true;
  let wasName = false;
  for (const word of segmentWords(text)) {
    const start = text.indexOf(word, cursor);
    if (start < 0) continue;
    const end = start + word.length;
    cursor = end;
    while ((numbers[numberIndex]?.end ?? Number.POSITIVE_INFINITY) <= start) numberIndex++;
    const number = numbers[numberIndex];
    if (number && number.start < end) {
      if (terms.at(-1)?.start !== number.start || terms.at(-1)?.kind !== 'number') terms.push(numberTerm(number, text));
      const dateMonth = (number as IsoDate).month;
      if (dateMonth !== undefined) {
        terms.push({
          kind: 'number',
          start: number.start,
          end: number.end,
          term: monthTerm(dateMonth),
          word: text.slice(number.start, number.end),
        });
      }
      isFirst = false;
      wasName = false;
      continue;
    }
    const lower = word.toLowerCase();
    const month = monthOfWord(lower, language);
    const hasCapital = /^\p{Lu}/u.test(word);
    if (month !== undefined && (hasCapital || (lower.length > 3 && !capitalisesMonths.has(language))) && !(word === 'May' && isFirst)) {
      terms.push({ kind: 'number', start, end, term: monthTerm(month), word: lower });
      isFirst = false;
      wasName = false;
      continue;
    }
    const isSmall = small.has(lower.replace(/['’].*$/, '')) && !/^\p{Lu}{2}/u.test(word);
    const isName =
      !isSmall &&
      hasCapital &&
      word.length > 1 &&
      (/^\p{Lu}[\p{Lu}\p{N}]/u.test(word) || (!isFirst && (wasName || !capitalisesNouns.has(language))));
    const meanings = language === 'en' ? meaningsOf(lower) : undefined;
    const [term = lower] = stemsAreBeginnings.has(language)
      ? [analyzeBeginning(compatibilityForm(word).replace(/(?<=.)['’ʼ].*$/, ''), language)]
      : analyzeWord(language === 'en' ? baseForm(lower) : word, language);
    terms.push({
      kind: isSmall ? 'function' : isName ? 'name' : 'word',
      start,
      end,
      term,
      word: lower,
      ...(meanings && !isSmall ? { meanings } : {}),
    });
    // A word that begins the sentence and has a name right after it belongs to that name.
    const first = terms.at(-2);
    if (
      isName &&
      terms.length === 2 &&
      first?.kind === 'word' &&
      /^\p{Lu}/u.test(text.slice(first.start)) &&
      text.slice(first.end, start) === ' '
    )
      terms[0] = { ...first, kind: 'name' };
    wasName = hasCapital && !isSmall;
    isFirst = false;
  }
  return terms;
}

function numberTerm({ start, end, values }: NumberInText, text: string): SentenceTerm {
  return { kind: 'number', start, end, term: `#${values[0]}`, word: text.slice(start, end), values };
}

function monthTerm(month: number): string {
  return `month ${month}`;
}

interface IsoDate extends NumberInText {
  readonly month?: number;
}

/** «1974-03-03» is a year, a month and a day. */
function isoDates(text: string): IsoDate[] {
  return Array.from(text.matchAll(/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g), ({ 0: whole, index, 1: year, 2: month, 3: day }) => [
    { start: index, end: index + 4, values: [Number(year)] },
    { start: index + 5, end: index + 7, values: [Number(day)], month: Number(month) },
    { start: index + 8, end: index + whole.length, values: [Number(day)] },
  ]).flat();
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
