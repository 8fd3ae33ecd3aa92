/**
 * Stands behind the letters that are left of a word, and in no word. A question is read by the rules of all languages of a library: without it, one Turkish page were
 * enough for «lighthouse» to find each English «light».
 */
const more = '-';

/** The beginning that stands for all words which begin alike; a shorter word as it is. */
export function beginningAlone(word: string, letters: number): string {
  if (word.length < letters) return word;
  // Never half a surrogate pair.
  return word.slice(0, letters).replace(/[\uD800-\uDBFF]$/, '') + more;
}

/** Whether a stem is such a beginning. */
export const isBeginningAlone = (stem: string): boolean => stem.endsWith(more);
