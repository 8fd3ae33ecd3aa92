import { analyzeText, analyzeWord } from './analyze-text';
import { segmentWords } from './segment-words';
import type { Span } from './span';

/** A word of a text that a query asks for. */
export interface Match extends Span {
  /** What of the query it answers to; the same for all forms of one word. */
  readonly term: string;
}

/**
 * Finds the words that are asked for in one text after another, in order.
 * @param language of the text, as `analyzeText` takes it
 */
export type FindMatches = (text: string, language?: string) => Match[];

/**
 * Makes a finder of the words of a query, in any form that a search takes for the same word.
 * @param isUnfinished whether the last word may be the beginning of one
 */
export function matchFinder(query: string, isUnfinished = false): FindMatches {
  const beginning = isUnfinished ? foldWord(segmentWords(query).at(-1) ?? '') : '';
  const byLanguage = new Map<string | undefined, (word: string) => string | undefined>();
  return (text, language) => {
    const termOf = byLanguage.get(language) ?? termMatcher(query, beginning, language);
    byLanguage.set(language, termOf);
    const matches: Match[] = [];
    let end = 0;
    for (const word of segmentWords(text)) {
      const start = text.indexOf(word, end);
      if (start < 0) continue;
      end = start + word.length;
      const term = termOf(word);
      if (term !== undefined) matches.push({ start, end, term });
    }
    return matches;
  };
}

/** Tells which term of the query a word answers to, if any. */
function termMatcher(query: string, beginning: string, language: string | undefined): (word: string) => string | undefined {
  const wanted = new Set(analyzeText(query, language));
  const known = new Map<string, string | undefined>();
  return (word) => {
    if (!known.has(word)) {
      const begins = () => beginning !== '' && foldWord(word).startsWith(beginning);
      known.set(word, analyzeWord(word, language).find((term) => wanted.has(term)) ?? (begins() ? beginning : undefined));
    }
    return known.get(word);
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
