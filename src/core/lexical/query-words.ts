import { compatibilityForm } from '../text/compatibility-form';
import { segmentWords } from '../text/segment-words';
import { unfinishedWord } from '../text/unfinished-word';
import { analyzeBeginning, analyzeText } from './analyze-text';
import { isBeginningAlone } from './beginning-alone';
import { questionEmphases } from './question-words';

/** A word of a question. */
export interface QueryWord {
  /** What it is looked up by: its stem in each language that the library holds; often one. */
  readonly stems: readonly string[];
  /** What the terms begin with that it may become; only of a word whose end may not be typed yet. */
  readonly beginning?: string;
  /** How much it counts, from 0 to 1; absent, as of most, in full. */
  readonly emphasis?: number;
  /** It ranks passages, and none has to hold it. */
  readonly isOptional?: true;
}

/** Longer questions are pasted texts: the words that are rarest within their first part say what they are about. */
const maximumWords = 64;

/**
 * The different words of a question, in order. A word is taken for the same as another if it is in any language; by its beginning alone, as in Turkish, only if
 * it is in all.
 * @param languages of the pages that are searched, ISO 639-1, the most frequent first
 * @param isUnfinished the text may end in the middle of a word
 */
export function queryWords(text: string, languages: readonly string[], isUnfinished = false): QueryWord[] {
  const all = segmentWords(compatibilityForm(text));
  const mayGoOn = isUnfinished && all.length <= maximumWords;
  const unfinished = mayGoOn ? unfinishedWord(all) : undefined;
  const emphases = questionEmphases(all.slice(0, maximumWords), languages);
  const known = new Set<string>();
  const words: QueryWord[] = [];
  all.slice(0, maximumWords).forEach((word, index) => {
    const stems = [...new Set(languages.flatMap((language) => analyzeText(word, language)))];
    const isLast = mayGoOn && index === all.length - 1;
    const isBeginning = isLast && unfinished !== undefined;
    const again = stems.filter((stem) => known.has(stem));
    const isAgain = again.length === stems.length || !again.every(isBeginningAlone);
    if (stems.length === 0 || (!isBeginning && isAgain)) return;
    for (const stem of stems) known.add(stem);
    const emphasis = emphases[index] ?? 1;
    if (isBeginning) words.push({ stems, beginning: analyzeBeginning(word, languages[0]) });
    else if (isLast) words.push({ stems, isOptional: true });
    else words.push({ stems, ...(emphasis < 1 ? { emphasis } : {}) });
  });
  return words;
}
