/** Scripts in which a letter is a small part of a word, not a syllable or a word. */
const loneLetter =
  /^(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*$/u;

/**
 * Of the words of a text that is still typed, the last one if it may be the beginning of another. One letter after other words is the beginning of a thousand, which
 * says nothing: it is taken for a word by itself, as in «vitamin c», until a second letter follows.
 */
export function unfinishedWord(words: readonly string[]): string | undefined {
  const last = words.at(-1);
  return last !== undefined && words.length > 1 && loneLetter.test(last) ? undefined : last;
}
