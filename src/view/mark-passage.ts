import type { Token, Tokens } from 'marked';

/** Inline tokens that belong to the passage; rendered inside `<mark>`. */
export interface PassageToken {
  readonly type: 'passage';
  /** The name of the element that it is shown in. */
  readonly element: 'mark' | 'u';
  readonly raw: string;
  readonly tokens: Token[];
}

/** A stretch of the source; `end` is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

interface MarkedSpan extends Span {
  readonly element: PassageToken['element'];
}

/**
 * Wraps what lies between two offsets of the source in `passage` tokens, cutting text where the passage begins or ends within it.
 *
 * Offsets are found by looking for each token's raw text in its parent's stretch of the source, from where the token before it ended.
 * Nested blocks lose their indentation or `>` when they are read, so there the single lines are looked for instead. What cannot be
 * found counts as standing at the earliest place it could, so that one odd token never displaces those after it.
 */
export function markPassage(
  tokens: readonly Token[],
  source: string,
  start: number,
  end: number,
  element: PassageToken['element'] = 'mark',
): Token[] {
  return markTokens(tokens, createFinder(source, { start: 0, end: source.length }), { start, end, element });
}

/** Finds pieces of text in one stretch of the source, each after the one before. */
interface Finder {
  /** Where the piece stands, or nothing if it is not there word for word. Moves on past it. */
  readonly find: (piece: string) => Span | undefined;
  /** The earliest place at which what comes next can stand. */
  readonly here: () => Span;
  readonly within: (span: Span) => Finder;
}

function createFinder(source: string, stretch: Span): Finder {
  const text = source.slice(stretch.start, stretch.end);
  let cursor = 0;
  return {
    find(piece) {
      const at = text.indexOf(piece, cursor);
      if (at < 0) return undefined;
      cursor = at + piece.length;
      return { start: stretch.start + at, end: stretch.start + cursor };
    },
    here: () => ({ start: stretch.start + cursor, end: stretch.start + cursor + 1 }),
    within: (span) => createFinder(source, span),
  };
}

function markTokens(tokens: readonly Token[], finder: Finder, passage: MarkedSpan): Token[] {
  return tokens.flatMap((token) => {
    const span = finder.find(token.raw);
    if (span && !overlaps(span, passage)) return [token];
    if (isAtomic(token)) return overlaps(span ?? finder.here(), passage) ? [asPassage([token], passage)] : [token];
    return markToken(token, span ? finder.within(span) : finder, passage);
  });
}

/** @param finder over the inside of this token, or over its parent's when the token is not in the source word for word. */
function markToken(token: Token, finder: Finder, passage: MarkedSpan): Token[] {
  switch (token.type) {
    case 'list': {
      const list = token as Tokens.List;
      return [{ ...list, items: markTokens(list.items, finder, passage) as Tokens.ListItem[] }];
    }
    case 'table': {
      const table = token as Tokens.Table;
      const markCell = (cell: Tokens.TableCell) => ({ ...cell, tokens: markTokens(cell.tokens, finder, passage) });
      return [{ ...table, header: table.header.map(markCell), rows: table.rows.map((row) => row.map(markCell)) }];
    }
    case 'code':
      return [markCode(token as Tokens.Code, finder, passage)];
    case 'text':
      if (!token.tokens) return markText(token as Tokens.Text, finder, passage);
      break;
  }
  return 'tokens' in token && token.tokens ? [{ ...token, tokens: markTokens(token.tokens, finder, passage) }] : [token];
}

/** Whether a token is marked as a whole or not at all. */
function isAtomic({ type }: Token): boolean {
  return type === 'codespan' || type === 'escape' || type === 'image';
}

function markText(token: Tokens.Text, finder: Finder, passage: MarkedSpan): Token[] {
  return cutAtPassage(token.text, finder, passage).map(({ text, inPassage }) => {
    const part: Tokens.Text = { ...token, raw: text, text };
    return inPassage ? asPassage([part], passage) : part;
  });
}

function markCode(token: Tokens.Code, finder: Finder, passage: MarkedSpan): Tokens.Code {
  // Marked before: its text is markup by now.
  if (token.escaped) return token;
  // Past the opening fence, whose language could be a word of the code too.
  if (token.codeBlockStyle !== 'indented') finder.find('\n');
  const html = cutAtPassage(token.text, finder, passage).map(({ text, inPassage }) =>
    inPassage ? `<${passage.element}>${escapeHtml(text)}</${passage.element}>` : escapeHtml(text),
  );
  return { ...token, text: html.join(''), escaped: true };
}

/** Cuts text into what is outside and inside the passage, going by where its lines stand in the source. */
function cutAtPassage(text: string, finder: Finder, passage: MarkedSpan): { readonly text: string; readonly inPassage: boolean }[] {
  const pieces: { text: string; inPassage: boolean }[] = [];
  const add = (part: string, inPassage: boolean) => {
    const last = pieces.at(-1);
    if (last?.inPassage === inPassage) last.text += part;
    else if (part) pieces.push({ text: part, inPassage });
  };
  for (const line of text.split(/(?<=\n)/)) {
    const words = line.trim();
    const span = (words && finder.find(words)) || finder.here();
    const lineStart = span.start - (line.length - line.trimStart().length);
    const from = clamp(passage.start - lineStart, line.length);
    const to = clamp(passage.end - lineStart, line.length);
    add(line.slice(0, from), false);
    add(line.slice(from, to), true);
    add(line.slice(to), false);
  }
  return pieces;
}

function asPassage(tokens: Token[], { element }: MarkedSpan): Token {
  return { type: 'passage', element, raw: tokens.map((token) => token.raw).join(''), tokens } satisfies PassageToken;
}

function overlaps(span: Span, passage: Span): boolean {
  return span.start < passage.end && passage.start < span.end;
}

function clamp(offset: number, length: number): number {
  return Math.min(Math.max(offset, 0), length);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
