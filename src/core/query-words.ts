import { analyzeText } from './analyze-text';
import { segmentWords } from './segment-words';

/** A word of a question. */
export interface QueryWord {
  /** What it is looked up by: its stem in each language that the library holds; often one. */
  readonly stems: readonly string[];
  /** As it stands, in lower case. */
  readonly word: string;
  /** The person may not have typed the end of it yet. */
  readonly isUnfinished: boolean;
}

/** Longer questions are pasted texts: the words that are rarest within their first part say what they are about. */
const maximumWords = 128;

/**
 * The different words of a question, in order. A word is taken for the same as another if it is in any language.
 * @param languages of the pages that are searched, ISO 639-1
 */
export function queryWords(text: string, languages: readonly string[], isUnfinished = false): QueryWord[] {
  const words = segmentWords(text.normalize('NFKC')).slice(0, maximumWords);
  const byStem = new Map<string, QueryWord>();
  words.forEach((word, index) => {
    const stems = [...new Set(languages.flatMap((language) => analyzeText(word, language)))];
    const [first] = stems;
    if (first === undefined || byStem.has(first)) return;
    byStem.set(first, { stems, word: word.toLowerCase(), isUnfinished: isUnfinished && index === words.length - 1 });
  });
  return [...byStem.values()];
}
