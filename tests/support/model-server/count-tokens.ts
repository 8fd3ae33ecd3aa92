import { Tiktoken } from 'js-tiktoken/lite';
import o200kBase from 'js-tiktoken/ranks/o200k_base';

let encoding: Tiktoken | undefined;

function loadEncoding(): Tiktoken {
  encoding ??= new Tiktoken(o200kBase);
  return encoding;
}

// The encoder takes time quadratic in the length of an unbroken run, so long runs are cut first; the count is off by less than 1 %.
const longRun = /\S{32}(?=\S)|\s{32}(?=\s)/gu;

function cutLongRuns(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of text.matchAll(longRun)) {
    const end = match.index + match[0].length;
    pieces.push(text.slice(start, end));
    start = end;
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** The number of o200k_base tokens in a text; what looks like a special token counts as the plain text it is. */
export function countTokens(text: string): number {
  return cutLongRuns(text).reduce((total, piece) => total + loadEncoding().encode(piece, [], []).length, 0);
}

export function decodeTokens(tokens: readonly number[]): string {
  return loadEncoding().decode([...tokens]);
}
