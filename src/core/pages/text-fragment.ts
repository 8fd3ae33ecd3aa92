import { findBlocks, type MarkdownBlock } from '../text/markdown-blocks';
import { plainText } from '../text/plain-text';
import { wordSegmenter } from '../text/word-segmenter';

/** Enough words to be found by, few enough to survive small changes of the page. */
const edgeCharacters = 60;
/** A passage no longer than this is named whole, without an end of its own. */
const wholeCharacters = 90;
const prefixCharacters = 30;

/** A start shorter than this may stand anywhere on a page, in its menus too. */
const distinctCharacters = 16;

/** Gives the fragments of one version's passages; see `textFragment`. */
export function fragmentFinder(text: string): (start: number, end: number) => string {
  let runs: Run[] | undefined;
  return (start, end) => {
    runs ??= readingRuns(text);
    return fragmentAmong(runs, text, start, end);
  };
}

/**
 * The fragment that makes a browser scroll to a passage and highlight it: `:~:text=[prefix-,]start[,end]`
 * (https://wicg.github.io/scroll-to-text-fragment/). Start and end each come from within one block of the page, as the browser demands; where
 * the start stands elsewhere in the text before, the words ahead of it are given too.
 * @param text the version's whole Markdown
 * @returns without the leading `#`; empty when the passage has no words to go by.
 */
export function textFragment(text: string, start: number, end: number): string {
  return fragmentFinder(text)(start, end);
}

function fragmentAmong(runs: readonly Run[], text: string, start: number, end: number): string {
  const within = runs.filter((run) => run.end > start && run.start < end);
  // A heading often stands in a table of contents too, ahead of its section: begin with the body if there is one.
  const body = within.filter((run) => run.kind !== 'heading');
  const chosen = body.length > 0 ? body : within;
  const first = chosen.find((run) => run.words.length >= distinctCharacters) ?? chosen[0];
  const last = chosen[chosen.length - 1];
  if (!first || !last) return '';

  const firstWords = clip(first, text, start, end);
  const lastWords = first === last ? firstWords : clip(last, text, start, end);
  const whole = first === last && firstWords.length <= wholeCharacters;
  const startWords = whole ? firstWords : leadingWords(firstWords, edgeCharacters);
  const parts = [encode(startWords)];
  if (!whole) {
    const endWords = trailingWords(lastWords, edgeCharacters);
    if (first !== last || firstWords.length > startWords.length + endWords.length) parts.push(encode(endWords));
    else parts[0] = encode(firstWords);
  }
  const prefix = prefixFor(runs, first, firstWords, startWords);
  if (prefix) parts.unshift(`${encode(prefix)}-`);
  return `:~:text=${parts.join(',')}`;
}

/** The address with the fragment added; a page's own fragment is kept in front of it. */
export function addressAtPassage(url: string, fragment: string): string {
  if (!fragment) return url;
  return url.includes('#') ? `${url}${fragment}` : `${url}#${fragment}`;
}

/** A stretch of plain words that the page shows within one block. */
interface Run {
  readonly kind: MarkdownBlock['kind'];
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

function readingRuns(text: string): Run[] {
  return findBlocks(text).flatMap((block) => runsOf(text, block));
}

function runsOf(text: string, block: MarkdownBlock): Run[] {
  const source = text.slice(block.start, block.end);
  const pieces: { offset: number; source: string }[] = [];
  if (block.kind === 'table-row') {
    for (const cell of source.matchAll(/(?:[^|\\]|\\.)+/g)) pieces.push({ offset: cell.index, source: cell[0] });
  } else {
    for (const line of source.matchAll(/[^\n]+/g)) pieces.push({ offset: line.index, source: line[0] });
  }
  return pieces.flatMap((piece) => {
    if (block.kind === 'code' && /^\s{0,3}(`{3,}|~{3,})/.test(piece.source)) return [];
    if (block.kind === 'table-row' && /^\s*:?-+:?\s*$/.test(piece.source)) return [];
    const plain = block.kind === 'code' ? piece.source : plainText(piece.source);
    const words = plain.replace(/\s+/g, ' ').trim();
    const start = block.start + piece.offset;
    return /[\p{L}\p{N}]/u.test(words) ? [{ kind: block.kind, start, end: start + piece.source.length, words }] : [];
  });
}

/** The words of the part of a run that lies within the passage. */
function clip(run: Run, text: string, start: number, end: number): string {
  if (start <= run.start && end >= run.end) return run.words;
  const part = plainText(text.slice(Math.max(start, run.start), Math.min(end, run.end)))
    .replace(/\s+/g, ' ')
    .trim();
  return part || run.words;
}

function prefixFor(runs: readonly Run[], run: Run, words: string, startWords: string): string {
  const place = runs.indexOf(run);
  const inRun = Math.max(0, run.words.indexOf(words));
  const earlier = runs.slice(0, place).some((other) => includesFolded(other.words, startWords));
  if (!earlier && !includesFolded(run.words.slice(0, inRun), startWords)) return '';
  const before = run.words.slice(0, inRun).trim() || (runs[place - 1]?.words ?? '');
  return trailingWords(before, prefixCharacters);
}

function includesFolded(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}

function leadingWords(text: string, characters: number): string {
  if (text.length <= characters) return text;
  let cut = 0;
  for (const word of wordSegmenter().segment(text.slice(0, characters * 4))) {
    const end = word.index + word.segment.length;
    if (end > characters && cut > 0) break;
    cut = end;
  }
  return text.slice(0, cut).trim();
}

function trailingWords(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const from = Math.max(0, text.length - characters * 4);
  for (const word of wordSegmenter().segment(text.slice(from))) {
    if (from + word.index >= text.length - characters && word.segment.trim() !== '') return text.slice(from + word.index).trim();
  }
  return text.slice(-characters).trim();
}

function encode(words: string): string {
  const wellFormed = words.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
  return encodeURIComponent(wellFormed).replaceAll('-', '%2D');
}
