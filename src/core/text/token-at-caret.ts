/** A word being written that begins with a character of meaning, such as `/summ` or `@tram`. */
export interface CaretToken {
  readonly character: string;
  /** What stands between the character and the caret. */
  readonly sought: string;
  /** Where the character stands. */
  readonly start: number;
  /** The end of the word, which may lie behind the caret. */
  readonly end: number;
}

/**
 * The token that the caret stands in: it begins at the start of the text or after white space and holds none.
 * @param characters each a single UTF-16 unit
 */
export function tokenAtCaret(text: string, caret: number, characters: readonly string[]): CaretToken | undefined {
  const start = wordStart(text, caret);
  const character = text[start];
  if (character === undefined || start >= caret || !characters.includes(character)) return undefined;
  const rest = text.slice(caret).search(/\s/);
  return { character, sought: text.slice(start + 1, caret), start, end: rest < 0 ? text.length : caret + rest };
}

function wordStart(text: string, caret: number): number {
  let start = caret;
  while (start > 0 && !/\s/.test(text[start - 1] ?? ' ')) start -= 1;
  return start;
}
