import { segmentWords } from '../text/segment-words';

/** Words as they are compared when they are wanted as they stand: in compatibility form and lower case, whatever is between them. */
export function wordsAsWritten(text: string): string[] {
  return segmentWords(text.normalize('NFKC')).map((word) => word.toLowerCase());
}

/** Whether a text's words hold those of a phrase, one behind the other. A phrase without words is held by all. */
export function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const [first, ...rest] = phrase;
  if (first === undefined) return true;
  return words.some((word, at) => word === first && rest.every((next, offset) => words[at + 1 + offset] === next));
}
