import { once } from '../once';
import type { Span } from '../text/span';
import { numberOfHan, numberOfWord } from './number-words';

/** A number as it stands in a text, with all that it may be: «1.234» is read in two ways. */
export interface NumberInText extends Span {
  readonly values: readonly number[];
}

const figures = String.raw`\p{Nd}+(?:[.,’'\u00A0\u202F ٬]\p{Nd}{3})*(?!\p{Nd})(?:[.,٫]\p{Nd}+)?|\p{Nd}+(?:[.,٫]\p{Nd}+)?`;
const han = '[〇零一二两三四五六七八九十百千万萬亿億]{2,}';
/** Not of Chinese, which has no spaces around its numbers. */
const letters = String.raw`(?:(?!\p{Script=Han})\p{L})`;
const pattern = once(() => new RegExp(`${han}|${figures}|(?<![\\p{L}\\p{N}])${letters}+(?:-${letters}+)?`, 'gu'));
const isFigures = /^\p{Nd}/u;
const isHan = new RegExp(`^${han}$`, 'u');
const hanScale = /^\s?([万萬亿億千])/u;
const hanScales: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** The numbers of a plain text, in order: figures of any script, words, and both together as in «5 million» or «twenty-one thousand». */
export function numbersIn(text: string, language: string): NumberInText[] {
  const single: (NumberInText & { readonly isWord: boolean })[] = [];
  for (const { 0: found, index } of text.matchAll(pattern())) {
    const span = { start: index, end: index + found.length };
    if (isFigures.test(found)) {
      const scale = hanScale.exec(text.slice(span.end, span.end + 2));
      const factor = hanScales[scale?.[1] ?? ''] ?? 1;
      single.push({
        ...span,
        end: span.end + (scale?.[0].length ?? 0),
        values: valuesOf(found).map((value) => value * factor),
        isWord: false,
      });
    } else if (isHan.test(found)) single.push({ ...span, values: [numberOfHan(found)], isWord: false });
    else {
      const value = valueOfWords(found.toLowerCase(), language);
      if (value !== undefined) single.push({ ...span, values: [value], isWord: true });
    }
  }
  return joinScales(single, text);
}

function valueOfWords(words: string, language: string): number | undefined {
  const whole = numberOfWord(words, language);
  if (whole !== undefined || !words.includes('-')) return whole;
  const [tens = '', units = ''] = words.split('-');
  const [high, low] = [numberOfWord(tens, language), units === 'one' ? 1 : numberOfWord(units, language)];
  return high !== undefined && low !== undefined && high > low ? high + low : undefined;
}

/** «5 million» and «two hundred» are one number each, and so is «two hundred and forty». */
function joinScales(single: readonly (NumberInText & { readonly isWord: boolean })[], text: string): NumberInText[] {
  const joined: (NumberInText & { readonly isWord: boolean })[] = [];
  for (const next of single) {
    const last = joined.at(-1);
    const [scale = 0] = next.values;
    const [before = 0] = last?.values ?? [];
    const gap = last ? text.slice(last.end, next.start) : '';
    const follows = last !== undefined && next.isWord && /^[\s\u00A0-]{1,2}$/.test(gap);
    if (follows && scale >= 100 && scale > before % 1_000) {
      joined[joined.length - 1] = {
        start: last.start,
        end: next.end,
        values: last.values.map((value) => value * scale),
        isWord: last.isWord,
      };
    } else if (
      last?.isWord &&
      next.isWord &&
      before >= 20 &&
      scale < before &&
      before % (scale < 10 ? 10 : 100) === 0 &&
      /^\s(?:and |und |e |y )?$/.test(gap)
    ) {
      joined[joined.length - 1] = { start: last.start, end: next.end, values: [before + scale], isWord: true };
    } else joined.push(next);
  }
  return joined.map(({ start, end, values }) => ({ start, end, values }));
}

function valuesOf(written: string): number[] {
  const digits = written.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  const plain = digits.replace(/[’' \u00A0\u202F٬]/g, '').replaceAll('٫', '.');
  if (!/[.,]/.test(plain)) return [Number(plain)];
  const values = new Set<number>();
  // The last sign may be a decimal point or, before three figures, part the thousands.
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  values.add(Number(`${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`));
  if (plain.length - last === 4) values.add(Number(plain.replace(/[.,]/g, '')));
  return [...values];
}

/** The digits of a script stand in a row of ten, of which the zero is the first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
