import { Lexer, type MarkedOptions, type Token, type Tokens } from 'marked';

/**
 * How much is read at once within a paragraph, in UTF-16 code units: what is begun and never ended is looked for again from each beginning, so the
 * time goes with the square of it. Twice what a long printed page holds.
 */
export const longestRun = 4_000;

const sentenceEnd = /[.!?…。！？]["'”’)\]]*\s/g;

/** How much is read at each step of what is still being written. */
export const mostReadAgain = 5 * longestRun;
/** What a run takes besides its letters, in such. */
const runCost = 10;

/** Reads a longer run of words and marks in pieces, for which the time goes with their number. Emphasis and links do not reach across them. */
export class BoundedLexer extends Lexer {
  private read = 0;

  /** @param mostRead how much is looked at within paragraphs; what follows is taken as it is written */
  constructor(
    options: MarkedOptions,
    private readonly mostRead: number = Number.POSITIVE_INFINITY,
  ) {
    super(options);
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    for (const piece of source.length > longestRun ? piecesOf(source) : [source]) {
      this.read += piece.length + runCost;
      if (this.read > this.mostRead) tokens.push(asWritten(piece));
      else super.inlineTokens(piece, tokens);
    }
    return tokens;
  }
}

function asWritten(text: string): Tokens.Text {
  return { type: 'text', raw: text, text, escaped: false };
}

/** @returns stretches that make up the text, each ending with a line, a sentence, a word, or where there is none, in between */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > longestRun) {
    const ahead = text.slice(from, from + longestRun);
    const length = endOfPiece(ahead);
    pieces.push(ahead.slice(0, length));
    from += length;
  }
  return [...pieces, text.slice(from)];
}

function endOfPiece(text: string): number {
  const least = longestRun / 2;
  const line = text.lastIndexOf('\n') + 1;
  if (line > least) return line;
  let sentence = 0;
  for (const { 0: end, index } of text.matchAll(sentenceEnd)) sentence = index + end.length;
  if (sentence > least) return sentence;
  const word = text.lastIndexOf(' ') + 1;
  if (word > least) return word;
  const isHalfLetter = /[\uD800-\uDBFF]$/.test(text);
  return isHalfLetter ? text.length - 1 : text.length;
}
