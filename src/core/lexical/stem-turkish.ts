import { beginningAlone } from './beginning-alone';

/** F. Can et al., "Information Retrieval on Turkish Texts" (2008): the first five letters find as well as what a lemmatizer leaves. */
const stemLetters = 5;

/**
 * A Turkish word without what is written behind the apostrophe of a name («Ankara’nın»), and of that the first five letters. Endings follow endings, on verbs
 * too, for which Snowball has no rules, and what belongs to a word it takes for one: of «metin», a text, it leaves «met», of «oluştur», to make, «oluş».
 */
export function stemTurkish(word: string): string {
  const base = word.replace(/'.*$/, '') || word;
  return /\p{N}/u.test(base) ? base : beginningAlone(base, stemLetters);
}
