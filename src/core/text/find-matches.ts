import { analyzeText, analyzeWord } from '../lexical/analyze-text';
import { segmentWords } from './segment-words';
import type { Span } from './span';
import { unfinishedWord } from './unfinished-word';

/** A word of a text that a query asks for. */
export interface Match extends Span {
  /** What of the query it answers to; the same for all forms of one word. */
  readonly term: string;
}

/** A word of a text, ready to be compared with those that are asked for. */
export interface TextWord extends Span {
  /** See `analyzeWord`. */
  readonly terms: readonly string[];
  /** As it is compared by its beginning. */
  readonly folded: string;
}

/**
 * The words of a text, in order. They are the same whatever is asked for, so for a text that is looked into again and again they are read once.
 * @param language of the text, as `analyzeText` takes it
 */
export function readWords(text: string, language?: string): TextWord[] {
  const words: TextWord[] = [];
  let end = 0;
  for (const word of segmentWords(text)) {
    const start = text.indexOf(word, end);
    if (start < 0) continue;
    end = start + word.length;
    words.push({ start, end, terms: analyzeWord(word, language), folded: foldWord(word) });
  }
  return words;
}

/** Finds the words that are asked for among those of one text after another, in order. The language is the text's, as `readWords` was told. */
export type FindMatches = (words: readonly TextWord[], language?: string) => Match[];

/**
 * Makes a finder of the words of a query, in any form that a search takes for the same word.
 * @param isUnfinished whether the last word may be the beginning of one
 */
export function matchFinder(query: string, isUnfinished = false): FindMatches {
  const beginning = isUnfinished ? foldWord(unfinishedWord(segmentWords(query)) ?? '') : '';
  const byLanguage = new Map<string | undefined, ReadonlySet<string>>();
  return (words, language) => {
    const wanted = byLanguage.get(language) ?? new Set(analyzeText(query, language));
    byLanguage.set(language, wanted);
    const isWanted = (term: string) => wanted.has(term);
    const matches: Match[] = [];
    for (const { start, end, terms, folded } of words) {
      const begins = beginning !== '' && folded.startsWith(beginning);
      const term = terms.find(isWanted) ?? (begins ? beginning : undefined);
      if (term !== undefined) matches.push({ start, end, term });
    }
    return matches;
  };
}

const unmarked = /^[\x20-\x7e]*$/;

/** The word as it is compared by its beginning, where a stem would be another beginning. */
function foldWord(word: string): string {
  // Most words have no marks, and this is asked of each word of each text that is shown.
  if (unmarked.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
