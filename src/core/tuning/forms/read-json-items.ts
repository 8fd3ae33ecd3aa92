import { maximumLineCharacters, type TextLine } from './read-lines';
import type { TextChunks } from './read-result';

const [quote, backslash, newline, comma, colon, open, close, openList, closeList] = ['"', '\\', '\n', ',', ':', '{', '}', '[', ']'].map(
  (sign) => sign.charCodeAt(0),
);

/** An object that is cut out of a text, or what there is of it. */
export interface JsonItem extends TextLine {
  /** It never ends, and nothing that follows shows where another begins: it and all that follows was not read. */
  readonly isEndless?: true;
}

/** What never ends is gone through again from the next object that may begin in it; so often, for each time costs as much as the rest is long. */
const mostRetries = 20;

/**
 * Cuts the objects out of a JSON text while it comes, wherever they begin and end: of a list of them, of lines, or of objects over several lines. No more
 * than one is held. One that is broken ends where the next line begins with an object and stands no deeper than it.
 */
export async function* readJsonItems(chunks: TextChunks): AsyncGenerator<JsonItem, void, void> {
  const cutter = new ItemCutter();
  for await (const chunk of chunks) yield* cutter.take(chunk);
  yield* cutter.finish();
}

class ItemCutter {
  #line = 1;
  /** Of the line, and whether nothing else has come in it. */
  #indent = 0;
  #isIndenting = true;
  /** The brackets that are open; none between objects. */
  #brackets: number[] = [];
  #isInString = false;
  #isEscaped = false;
  /** The last sign that is not white space, outside of strings. */
  #previous = 0;
  /** What is held is broken: the next object is looked for. */
  #isLost = false;
  #held = '';
  #heldLine = 1;
  #heldIndent = 0;
  /** Where in what is held a line begins with an object that might be no part of it. */
  #other: { readonly at: number; readonly line: number; readonly indent: number } | undefined;

  *take(chunk: string): Generator<JsonItem, void, void> {
    let from = this.#isHolding() ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === newline) {
        this.#line += 1;
        this.#indent = 0;
        this.#isIndenting = true;
        // No string of JSON has a line break in it.
        if (this.#isInString) this.#lose();
        continue;
      }
      const isFirst = this.#isIndenting;
      if (code === 0x20 || code === 0x09 || code === 0x0d) {
        if (isFirst) this.#indent += 1;
        if (!this.#isInString) continue;
      } else this.#isIndenting = false;
      const mayBegin = isFirst && code === open && this.#indent <= this.#heldIndent;
      if (this.#isHolding() && (this.#isLost ? mayBegin : code === open && !this.#isInString && this.#followsUnclosed(mayBegin))) {
        yield this.#item(chunk.slice(from, at));
        from = -1;
      }
      if (this.#isLost) continue;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) this.#isInString = false;
        continue;
      }
      if (this.#brackets.length === 0) {
        // The list that begins in front of the first object.
        if (code === openList && isFirst) {
          this.#indent += 1;
          this.#isIndenting = true;
        }
        if (code !== open) continue;
        from = at;
        this.#heldLine = this.#line;
        this.#heldIndent = this.#indent;
        this.#brackets.push(code);
      } else if (code === quote) this.#isInString = true;
      else if (code === open || code === openList) {
        if (mayBegin) this.#other ??= { at: this.#held.length + at - from, line: this.#line, indent: this.#indent };
        if (this.#isMisplaced()) this.#lose();
        else this.#brackets.push(code);
      } else if (code === close || code === closeList) {
        if (this.#brackets.pop() !== (code === close ? open : openList)) this.#lose();
        else if (this.#brackets.length === 0) {
          yield this.#item(chunk.slice(from, at + 1));
          from = -1;
        }
      }
      this.#previous = code;
    }
    // What is too long is still gone through to its end, but not held beyond what shows that it is.
    if (this.#isHolding() && this.#held.length <= maximumLineCharacters) this.#held += chunk.slice(from);
  }

  /** What never ended may have taken the objects after it for its own. */
  *finish(): Generator<JsonItem, void, void> {
    for (let retries = 0; this.#isHolding(); retries++) {
      const other = this.#other;
      const text = this.#held;
      if (!other || retries === mostRetries || text.length > maximumLineCharacters) {
        yield { ...this.#item(''), isEndless: true };
        return;
      }
      this.#held = text.slice(0, other.at);
      yield this.#item('');
      this.#line = other.line;
      this.#indent = other.indent;
      this.#isIndenting = true;
      yield* this.take(text.slice(other.at));
    }
  }

  #isHolding(): boolean {
    return this.#isLost || this.#brackets.length > 0;
  }

  /** Whether an object or a list cannot come here: in an object it comes after a colon. */
  #isMisplaced(): boolean {
    const isInObject = this.#brackets.at(-1) === open;
    return this.#previous !== (isInObject ? colon : comma) && (isInObject || this.#previous !== openList);
  }

  /** Whether an object that begins here shows that the one before was never closed. */
  #followsUnclosed(isAtLineStart: boolean): boolean {
    return this.#isMisplaced() && (isAtLineStart || (this.#brackets.length === 1 && this.#previous === comma));
  }

  #lose(): void {
    this.#isLost = true;
    this.#isInString = false;
    this.#isEscaped = false;
  }

  #item(end: string): JsonItem {
    const text = this.#held + end;
    this.#held = '';
    this.#other = undefined;
    this.#isLost = false;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#brackets = [];
    return text.length > maximumLineCharacters ? { line: this.#heldLine } : { line: this.#heldLine, text };
  }
}
