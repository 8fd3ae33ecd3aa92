import type { TextChunks } from './read-result';

/** A longer line is no example: the largest contexts that are trained have some hundred thousand tokens. It also bounds what is held at once. */
export const maximumLineCharacters = 4_000_000;

export interface TextLine {
  /** Counted from 1. */
  readonly line: number;
  /** Absent when the line is longer than `maximumLineCharacters`. */
  readonly text?: string;
}

/** Cuts a text into lines while it comes; no more than one line is held. Empty lines are left out, and a byte-order mark is. */
export async function* readLines(chunks: TextChunks): AsyncGenerator<TextLine, void, void> {
  let held = '';
  let isTooLong = false;
  let line = 1;
  const finish = (end: string): TextLine | undefined => {
    const text = (held + end).replace(/^\uFEFF/, '');
    const isLost = isTooLong || text.length > maximumLineCharacters;
    held = '';
    isTooLong = false;
    if (isLost) return { line };
    return text.trim() === '' ? undefined : { line, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', from)) {
      const found = finish(chunk.slice(from, at));
      if (found) yield found;
      line += 1;
      from = at + 1;
    }
    if (isTooLong) continue;
    held += chunk.slice(from);
    if (held.length > maximumLineCharacters) {
      isTooLong = true;
      held = '';
    }
  }
  const last = finish('');
  if (last) yield last;
}
