import { estimateTokens } from '../text/estimate-tokens';
import { findBlocks, linesOf, type MarkdownBlock } from '../text/markdown-blocks';

/** A passage before it has an id: offsets into the text, and the headings it stands under, outermost first. */
export interface PassageSpan {
  readonly start: number;
  readonly end: number;
  readonly headingPath: readonly string[];
  /** It begins within a block of code that was cut, so the fence of the block stands before it. */
  readonly startsInCode?: true;
}

/**
 * The size that a passage aims at, and the one it never passes, in estimated tokens. Below 200 a passage loses its context, above 400 its
 * embedding blurs and a citation points at too much (docs/measurements.md has the figures of the sizes tried).
 */
export const passageSize = { target: 280, maximum: 400, smallSection: 80 } as const;

/**
 * Cuts a page's Markdown into passages. Structure comes first: a heading begins a new passage unless the one before it is still small; then
 * paragraphs, list items, table rows and lines of code are gathered up to the target. Only a block that is too long by itself is cut inside, at
 * sentences, or where there are none at words, or where there are none anywhere. Passages come in order, don't overlap, and leave
 * out nothing but white space.
 * @param language BCP 47, helps to find sentences; unknown tags are ignored.
 * @param pageStarts rising offsets at which the pages of a PDF begin: they begin a passage as headings do, so that it can be said which page it is on
 */
export function splitPassages(text: string, language?: string, pageStarts: readonly number[] = []): PassageSpan[] {
  const spans: PassageSpan[] = [];
  const headings: string[] = [];
  let open: { span: PassageSpan; tokens: number } | undefined;
  const close = () => {
    if (open) spans.push(open.span);
    open = undefined;
  };
  const add = (piece: Piece) => {
    // What is still small may grow past the target, up to the maximum.
    const limit = open && open.tokens < passageSize.smallSection ? passageSize.maximum : passageSize.target;
    if (open && open.tokens + piece.tokens > limit) close();
    const { tokens, ...place } = piece;
    open = open
      ? { span: { ...open.span, end: place.end }, tokens: open.tokens + tokens }
      : { span: { ...place, headingPath: headings.filter(Boolean) }, tokens };
  };

  let headingOpen = false;
  let page = 0;
  for (const block of findBlocks(text)) {
    const pageBefore = page;
    while ((pageStarts[page] ?? text.length) <= block.start) page += 1;
    if (page > pageBefore && open && !headingOpen && open.tokens >= passageSize.smallSection) close();
    if (block.kind === 'heading') {
      if (open && !headingOpen && open.tokens >= passageSize.smallSection) close();
      headings.length = block.level - 1;
      headings[block.level - 1] = headingText(text, block);
      for (let level = 0; level < block.level; level++) headings[level] ??= '';
    }
    headingOpen = block.kind === 'heading';
    for (const piece of piecesOf(text, block, language)) add(piece);
  }
  close();
  return spans;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
  readonly startsInCode?: true;
}

function headingText(text: string, block: MarkdownBlock): string {
  return text
    .slice(block.start, block.end)
    .replace(/^#+\s+/, '')
    .replace(/(?<!\s)\s+#+\s*$/, '')
    .slice(0, 200);
}

/** A block whole if it fits into a passage, else in pieces that do. */
function* piecesOf(text: string, block: MarkdownBlock, language?: string): Generator<Piece> {
  const tokens = estimateTokens(text.slice(block.start, block.end));
  if (tokens <= passageSize.maximum) {
    yield { start: block.start, end: block.end, tokens };
    return;
  }
  const parts = block.kind === 'code' ? linesOf(text, block.start, block.end) : sentencesOf(text, block, language);
  for (const part of parts) {
    for (const piece of hardPieces(text, part.start, part.end)) {
      yield block.kind === 'code' && piece.start > block.start ? { ...piece, startsInCode: true } : piece;
    }
  }
}

/**
 * How much is given to the sentence segmenter at once, in UTF-16 code units. It takes as long over each sentence as the stretch is long, so that one of many
 * short ones (a line of nothing but full stops and stars) must be short; a sentence that is longer is given more and more, and at the longest is cut.
 */
const [usualStretch, longestStretch] = [1_000, 10_000];

function* sentencesOf(text: string, block: MarkdownBlock, language?: string): Generator<{ start: number; end: number }> {
  const segmenter = sentenceSegmenter(language);
  for (let from = block.start, stretch = usualStretch; from < block.end; ) {
    const to = Math.min(block.end, from + stretch);
    // Of a longer stretch only the sentence that it is for.
    const most = stretch > usualStretch ? 2 : Number.POSITIVE_INFINITY;
    const ends: number[] = [];
    for (const { index, segment } of segmenter.segment(text.slice(from, to))) {
      ends.push(from + index + segment.length);
      if (ends.length === most) break;
    }
    if (ends.length === 1 && to < block.end && stretch < longestStretch) {
      stretch = Math.min(longestStretch, stretch * 2);
      continue;
    }
    // The last sentence may go on behind the stretch: leave it to the next one.
    const isWhole = ends.at(-1) === block.end || ends.length === 1;
    for (const end of isWhole ? ends : ends.slice(0, -1)) {
      yield { start: from, end };
      from = end;
    }
    stretch = usualStretch;
  }
}

function sentenceSegmenter(language?: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'sentence' });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: 'sentence' });
  }
}

/** No piece is longer than this many UTF-16 code units, however few tokens it seems to have. */
const maximumPieceCharacters = 4_000;

/** Cuts what no structure cuts, preferring white space near the limit and never splitting a surrogate pair. */
function* hardPieces(text: string, start: number, end: number): Generator<Piece> {
  for (let from = start; from < end; ) {
    let to = Math.min(end, from + maximumPieceCharacters);
    let tokens = estimateTokens(text.slice(from, to));
    while (tokens > passageSize.maximum) {
      to = from + Math.max(1, Math.floor(((to - from) * passageSize.maximum) / tokens) - 1);
      tokens = estimateTokens(text.slice(from, to));
    }
    if (to < end) to = placeToCut(text, from, to);
    const trimmed = trim(text, from, to);
    if (trimmed.start < trimmed.end) yield { ...trimmed, tokens: estimateTokens(text.slice(trimmed.start, trimmed.end)) };
    from = to;
  }
}

/** The last place to cut at or before `to`: behind a space in the second half, else not inside a surrogate pair. */
function placeToCut(text: string, from: number, to: number): number {
  const space = text.lastIndexOf(' ', to - 1);
  if (space > from + (to - from) / 2) return space + 1;
  if (!isLowSurrogate(text.charCodeAt(to))) return to;
  return to - from > 1 ? to - 1 : to + 1;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function trim(text: string, start: number, end: number): { start: number; end: number } {
  let from = start;
  let to = end;
  while (from < to && isWhiteSpace(text.charCodeAt(from))) from++;
  while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000;
}
