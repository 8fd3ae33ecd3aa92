import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as hindi } from '@orama/stemmers/indian';
import { stemmer as indonesian } from '@orama/stemmers/indonesian';
import { stemmer as lithuanian } from '@orama/stemmers/lithuanian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as serbian } from '@orama/stemmers/serbian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as tamil } from '@orama/stemmers/tamil';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { beginningAlone } from './beginning-alone';
import { stemEnglish } from './stem-english';
import { stemKorean } from './stem-korean';
import { stemTurkish } from './stem-turkish';
import { withoutEndingIn } from './without-ending';

/** Gives the stem of a word in lower case, its accents still on. */
export type Stemmer = (word: string) => string;

/** For Polish, of which Snowball has no stemmer. The more letters, the fewer words are taken for one. */
const polishLetters = 7;

/** Snowball stemmers by ISO 639-1 code, irregular English forms besides, and rules of our own where those find more. Languages that have none are found by their words as they stand and by parts of words. */
export const stemmers: Readonly<Record<string, Stemmer>> = {
  ar: arabic,
  bg: withoutEndingIn('bg'),
  da: danish,
  de: german,
  el: withoutEndingIn('el'),
  en: stemEnglish,
  es: spanish,
  fi: finnish,
  fr: french,
  hi: hindi,
  hu: hungarian,
  id: indonesian,
  it: withoutEndingIn('it'),
  ko: stemKorean,
  lt: lithuanian,
  nl: dutch,
  no: norwegian,
  pl: (word) => beginningAlone(word, polishLetters),
  pt: portuguese,
  ro: withoutEndingIn('ro'),
  ru: russian,
  sr: serbian,
  sv: swedish,
  ta: tamil,
  tr: stemTurkish,
  uk: ukrainian,
};
