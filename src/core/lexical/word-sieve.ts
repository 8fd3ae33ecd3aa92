import { segmentWords } from '../text/segment-words';
import { analyzeWord } from './analyze-text';

/** A text as a sieve looks through it: much smaller than its words would be, and quick to go through. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/**
 * What the words of a query begin with in any of their forms: a text that holds one of them may hold that word, and one that does not, does not.
 * A stem may differ from its word in its last letter («studies» and «study» have «studi»), hardly ever in more.
 */
export function wordSieve(query: string): string[] {
  const beginnings = segmentWords(query).map((word) => {
    const [whole, ...stems] = [word, ...analyzeWord(word)].map(foldText);
    const kept = stems.map((stem) => commonBeginning(whole ?? '', stem.slice(0, Math.max(2, stem.length - 1))));
    return kept.reduce((shortest, next) => (next.length < shortest.length ? next : shortest), whole ?? '');
  });
  return [...new Set(beginnings)].filter(Boolean);
}

function commonBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
