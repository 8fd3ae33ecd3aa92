/** Letters of ASCII have no other form, and to ask for one takes longer than all else that is done with a word. */
const mayHaveAnother = /[\u0080-\uffff]/;

/**
 * A text in Unicode's compatibility form, NFKC, but for the vowel am of Thai and Lao. That form takes it apart into two marks that nobody types, and the dictionary by
 * which words are found in these scripts does not know words with them: of «แม่น้ำ», a river, it makes two.
 */
export function compatibilityForm(text: string): string {
  if (!mayHaveAnother.test(text)) return text;
  return text.normalize('NFKC').replaceAll('\u0e4d\u0e32', '\u0e33').replaceAll('\u0ecd\u0eb2', '\u0eb3');
}
