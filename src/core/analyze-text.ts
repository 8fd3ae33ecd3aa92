import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { segmentWords } from './segment-words';

/**
 * Changes whenever the same text would give other terms. Stored with each page that is indexed, so that the pages whose index was
 * made by other rules can be told from the rest.
 */
export const analyzerVersion = 1;

/**
 * The terms a text is found by, in order: words in compatibility form and lower case, accents of the Latin script folded, English
 * words reduced to their stem. Questions and pages go through the same steps.
 */
export function analyzeText(text: string): string[] {
  return segmentWords(text.normalize('NFKC')).map(termOf);
}

const cache = new Map<string, string>();
const maximumCachedTerms = 50_000;

function termOf(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const folded = word
    .toLowerCase()
    .replace(/['’](s|S)?$/, '')
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC');
  const term = /^[a-z]{3,}$/.test(folded) ? stemEnglish(folded) : folded;
  if (cache.size >= maximumCachedTerms) cache.clear();
  cache.set(word, term);
  return term;
}
