import { wordsLocale } from './translate';

/** Names one after the other, as in “a, b and c”. */
export function listWords(names: readonly string[], type: Intl.ListFormatType = 'conjunction'): string {
  return new Intl.ListFormat(wordsLocale(), { type }).format(names);
}
