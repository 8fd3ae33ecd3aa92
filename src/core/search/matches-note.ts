import { holdsPhrase, wordsAsWritten } from '../lexical/holds-words';
import { type Match, matchFinder, readWords, type TextWord } from '../text/find-matches';
import type { ParsedQuery } from './parse-query';

/** A person's note, ready to be looked into again and again. */
export interface ReadNote {
  readonly words: readonly TextWord[];
  readonly wordsAsWritten: readonly string[];
}

/** In which language people write notes is not known: what is asked for goes by the same rules as the note. */
export function readNote(note: string): ReadNote {
  return { words: readWords(note), wordsAsWritten: wordsAsWritten(note) };
}

/**
 * Makes a finder of what is asked for in notes. A note is short, and the person's own words: so it has to hold every word and every phrase, and nothing that
 * is not wanted.
 * @param isUnfinished whether the last word may be the beginning of one
 * @returns where the words stand, in order; nothing for a note that lacks one
 */
export function noteMatcher(
  { text, phrases, excluded }: Pick<ParsedQuery, 'text' | 'phrases' | 'excluded'>,
  isUnfinished: boolean,
): (note: ReadNote) => Match[] {
  const wanted = readWords(text);
  const finders = wanted.map(({ start, end }, index) => matchFinder(text.slice(start, end), isUnfinished && index === wanted.length - 1));
  const findAll = matchFinder(text, isUnfinished);
  const wantedPhrases = phrases.map(wordsAsWritten);
  const unwanted = excluded.map((one) => ({ phrase: wordsAsWritten(one), find: matchFinder(one) }));
  return ({ words, wordsAsWritten: written }) => {
    const holds =
      finders.length > 0 &&
      finders.every((find) => find(words).length > 0) &&
      wantedPhrases.every((phrase) => holdsPhrase(written, phrase)) &&
      !unwanted.some(({ phrase, find }) =>
        phrase.length === 1 ? find(words).length > 0 : phrase.length > 1 && holdsPhrase(written, phrase),
      );
    return holds ? findAll(words) : [];
  };
}
