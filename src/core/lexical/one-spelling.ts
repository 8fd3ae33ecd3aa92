/**
 * Of what is written in several ways in a language, one, by ISO 639-1 code; applied to words in lower case, before they are stemmed.
 * - Hindi: a nasal before a consonant as a letter of its own or as a point («हिन्दी», «हिंदी»), the moon under the point, and the points of letters of foreign words
 * - Vietnamese: the tone on either of two vowels («hòa», «hoà»)
 */
const spellings: Readonly<Record<string, (word: string) => string>> = {
  hi: (word) =>
    word
      .normalize('NFD')
      .replace(/[ङञणनम]\u094d(?=[क-भ])|\u0901/gu, '\u0902')
      .replace(/[\u093c\u200c\u200d]/gu, ''),
  vi: (word) =>
    word
      .normalize('NFD')
      .replace(/(o(?=[ae])|u(?=y))([aey])([\u0300\u0301\u0303\u0309\u0323])$/u, '$1$3$2')
      .normalize('NFC'),
};

export function oneSpelling(word: string, language: string): string {
  return spellings[language]?.(word) ?? word;
}
