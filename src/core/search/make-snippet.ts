import type { Match } from '../text/find-matches';
import type { Span } from '../text/span';
import { wordSegmenter } from '../text/word-segmenter';

/** A few lines of a text, with the words that were looked for. */
export interface Snippet {
  /** Begins and ends with `…` where something was left out. */
  readonly text: string;
  /** Into `text`; in order and apart from each other. */
  readonly highlights: readonly Span[];
}

/** About two lines in the side panel. */
export const snippetCharacters = 160;
/** A snippet begins and ends between words, unless a word is longer than this. */
const longestWordCharacters = 24;
const ellipsis = '…';
/** How much a word counts that stands in a snippet already: enough to decide between equals only. */
const repetitionWeight = 0.1;
/** Sums that differ by less are the same. */
const rounding = 1e-9;

/**
 * Cuts out of a text the stretch where most of what was looked for stands together, or its beginning when nothing of it does.
 * @param matches in order, as `matchFinder` gives them
 * @param characters about as long as the snippet becomes
 */
export function makeSnippet(text: string, matches: readonly Match[], characters = snippetCharacters): Snippet {
  const cluster = densestCluster(matches, characters) ?? { start: 0, end: 0 };
  const around = Math.max(0, characters - (cluster.end - cluster.start));
  // What is missing on one side is given to the other.
  const from = Math.max(0, Math.min(cluster.start - Math.floor(around / 3), text.length - characters));
  const end = Math.max(cluster.end, cutBefore(text, Math.max(from + characters, cluster.end)));
  const stretch = text.slice(cutBefore(text, from), end);
  // What ends the sentence before has no place at the beginning.
  const start = end - stretch.replace(from > 0 ? /^[\s.,;:!?…)\]}»”。、！？]+/ : /^\s+/, '').length;
  const shown = text.slice(start, end).trimEnd();
  const lead = start > 0 ? ellipsis : '';
  const shift = lead.length - start;
  return {
    text: `${lead}${shown}${end < text.length ? ellipsis : ''}`,
    highlights: matches
      .filter((match) => match.start >= start && match.end <= end)
      .map((match) => ({ start: match.start + shift, end: match.end + shift })),
  };
}

/**
 * The run of matches no longer than this that says the most: a word counts the more, the rarer it is in the text, and little when it comes
 * again. Of several such runs the first.
 */
function densestCluster(matches: readonly Match[], characters: number): Span | undefined {
  const frequency = new Map<string, number>();
  for (const { term } of matches) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  let best: (Span & { readonly score: number }) | undefined;
  matches.forEach((first, from) => {
    const seen = new Set<string>();
    let score = 0;
    for (let index = from; index < matches.length; index++) {
      const last = matches[index] as Match;
      if (index > from && last.end - first.start > characters) break;
      score += (seen.has(last.term) ? repetitionWeight : 1) / (frequency.get(last.term) ?? 1);
      seen.add(last.term);
      if (!best || score > best.score + rounding) best = { start: first.start, end: last.end, score };
    }
  });
  return best;
}

/** The nearest place at or before an offset where a text can be cut: between words, and never within what is one character to a reader. */
function cutBefore(text: string, offset: number): number {
  if (offset <= 0 || offset >= text.length) return Math.min(Math.max(offset, 0), text.length);
  const from = Math.max(0, offset - longestWordCharacters);
  const inWord = wordSegmenter()
    .segment(text.slice(from, offset + longestWordCharacters))
    .containing(offset - from);
  let cut = inWord && (inWord.index > 0 || from === 0) ? from + inWord.index : offset;
  while (cut > 0 && continuesCharacter(text, cut)) cut--;
  return cut;
}

function continuesCharacter(text: string, offset: number): boolean {
  const next = text.codePointAt(offset) ?? 0;
  const isSecondHalf = next >= 0xdc00 && next <= 0xdfff && /[\uD800-\uDBFF]/.test(text[offset - 1] ?? '');
  return isSecondHalf || text[offset - 1] === '\u200d' || /^(?:\p{M}|\p{Emoji_Modifier}|\u200d)/u.test(text.slice(offset, offset + 2));
}
