import { maximumLineCharacters, type TextLine } from './read-lines';
import type { TextChunks } from './read-result';

const [quote, backslash, newline, open, close, openList, closeList] = ['"', '\\', '\n', '{', '}', '[', ']'].map((sign) =>
  sign.charCodeAt(0),
);

/**
 * Cuts the objects out of a JSON text while it comes, wherever they begin and end: of a list of them, of lines, or of objects over several lines. What is
 * inside an object is not looked at but for its quotation marks; no more than one is held.
 */
export async function* readJsonItems(chunks: TextChunks): AsyncGenerator<TextLine, void, void> {
  let line = 1;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let held = '';
  let heldLine = 1;
  for await (const chunk of chunks) {
    let from = depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === newline) line += 1;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === backslash) isEscaped = true;
        else if (code === quote) isInString = false;
      } else if (depth > 0 && code === quote) {
        isInString = true;
      } else if (code === open || (code === openList && depth > 0)) {
        if (depth === 0) {
          from = at;
          heldLine = line;
        }
        depth += 1;
      } else if ((code === close || code === closeList) && depth > 0) {
        depth -= 1;
        if (depth > 0) continue;
        yield itemOf(held + chunk.slice(from, at + 1), heldLine);
        held = '';
        from = -1;
      }
    }
    // What is too long is still gone through to its end, but not held beyond what shows that it is.
    if (depth > 0 && held.length <= maximumLineCharacters) held += chunk.slice(from);
  }
  if (depth > 0) yield itemOf(held, heldLine);
}

function itemOf(text: string, line: number): TextLine {
  return text.length > maximumLineCharacters ? { line } : { line, text };
}
