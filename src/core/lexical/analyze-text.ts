import { compatibilityForm } from '../text/compatibility-form';
import { segmentWords } from '../text/segment-words';
import { oneSpelling } from './one-spelling';
import { stemmers } from './stemmers';
import { TermCache } from './term-cache';

/**
 * Changes whenever the same text would give other terms. Stored with each segment of the index, so that those made by other rules
 * can be told from the rest and made anew.
 */
export const analyzerVersion = 8;

/** What a text is taken for when its language is not known: most of what stems in other languages is left as it is. */
export const unknownLanguage = 'en';

/** Languages whose marks make another letter of a letter, and are never left out in writing. */
const keepsMarks = new Set(['vi']);

/** Languages with rules of their own for small letters: «I» is «ı» in Turkish. For all others, whatever they call themselves, the common ones do. */
const lowersItsOwnWay = new Set(['az', 'lt', 'tr']);

/** Languages that write a syllable with one character, so that words of two have forms. */
const syllabic = new Set(['ko']);

/** Languages whose endings can be told from a name of a thing with a digit in it: «2015년에», «2015'te». */
const endsApart = new Set(['ko', 'tr']);

/** Languages that write some small words together with the next one: «l'homme» is to be found by «homme». */
const elisions: Readonly<Record<string, RegExp>> = {
  fr: /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=.)/,
  it: /^(?:[cdlmnstv]|un|gl|(?:a|da|de|ne|su|co)(?:ll|gl)|quest|quell|bell)'(?=.)/,
  ca: /^[dlmnst]'(?=.)/,
};

/**
 * The terms a text is found by, in order: words in compatibility form and lower case, reduced to their stem by the rules of their language,
 * then without the marks that people leave out when they type.
 * @param language ISO 639-1
 */
export function analyzeText(text: string, language = unknownLanguage): string[] {
  return wordsToAnalyze(text).map((word) => knownTerms.get(language, word));
}

/** The words of a text, in the form in which `termOfWord` takes them. */
export const wordsToAnalyze = (text: string): string[] => segmentWords(compatibilityForm(text));

export const termOfWord = (word: string, language = unknownLanguage): string => knownTerms.get(language, word);

/**
 * The terms of one word, as `segmentWords` gives it: one, but for the few whose compatibility form is made of several words.
 * @param language ISO 639-1
 */
export function analyzeWord(word: string, language = unknownLanguage): string[] {
  return compatibilityForm(word) === word ? [knownTerms.get(language, word)] : analyzeText(word, language);
}

/** As many words as an avid reader of several languages meets in a day or two: some ten megabytes, whatever the number of languages. */
const knownTerms = new TermCache(100_000, termOf);

function termOf(word: string, language: string): string {
  const lower = lowerCase(word, language);
  const stem = stemmers[language];
  const isLong = lower.length > (syllabic.has(language) ? 1 : 2);
  // Names of things with a digit in them, such as «b52s», have no forms.
  const stemmed = stem && isLong && (!/\p{N}/u.test(lower) || endsApart.has(language)) ? stem(lower) || lower : lower;
  return withoutOptionalMarks(stemmed, language) || lower;
}

/**
 * The beginning of a word that is not typed to its end, as the terms that it may become begin.
 * @param language ISO 639-1
 */
export function analyzeBeginning(word: string, language = unknownLanguage): string {
  return withoutOptionalMarks(lowerCase(word, language), language);
}

function lowerCase(word: string, language: string): string {
  const lower = (lowersItsOwnWay.has(language) ? word.toLocaleLowerCase(language) : word.toLowerCase())
    .replace(/[’ʼ]/g, "'")
    .replace(/'(s)?$/, '');
  const elision = elisions[language];
  return oneSpelling(elision ? lower.replace(elision, '') : lower, language);
}

function withoutOptionalMarks(word: string, language: string): string {
  return keepsMarks.has(language) ? word.normalize('NFC') : foldMarks(word);
}

/** Nothing in it can be a mark or carry one. */
const withoutMarks = /^[ -~]*$/;

/** Leaves out what is optional or typed in several ways: accents of Latin and Greek, ё, vowel signs and forms of alef in Arabic, points in Hebrew. */
function foldMarks(word: string): string {
  if (withoutMarks.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*)\p{M}/gu, '')
    .replace(/е\u0308/g, 'е')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replaceAll('ς', 'σ')
    .replaceAll('ـ', '')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replace(/(?<=.)[ๆฯ]+$/u, '')
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit);
}

/** Digits of a script follow one another, from nought on. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) as number;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}
