/** F. Can et al., "Information Retrieval on Turkish Texts" (2008): the first five letters find as well as what a lemmatizer leaves. */
const stemLetters = 5;

/**
 * Stands behind those letters, and in no word. A question is read by the rules of all languages of a library: without it, one Turkish page were enough for
 * «lighthouse» to find each English «light».
 */
const more = '-';

/**
 * A Turkish word without what is written behind the apostrophe of a name («Ankara’nın»), and of that the first five letters. Endings follow endings, on verbs
 * too, for which Snowball has no rules, and what belongs to a word it takes for one: of «metin», a text, it leaves «met», of «oluştur», to make, «oluş».
 */
export function stemTurkish(word: string): string {
  const base = word.replace(/'.*$/, '') || word;
  if (base.length < stemLetters || /\p{N}/u.test(base)) return base;
  // Never half a surrogate pair.
  return base.slice(0, stemLetters).replace(/[\uD800-\uDBFF]$/, '') + more;
}

/** Whether a stem is the beginning that all words have which begin alike. */
export const isBeginningAlone = (stem: string): boolean => stem.endsWith(more);
