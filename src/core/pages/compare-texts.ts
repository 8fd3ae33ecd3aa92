import { diffArrays } from 'diff';
import { findBlocks } from '../text/markdown-blocks';
import { plainText } from '../text/plain-text';
import { wordSegmenter } from '../text/word-segmenter';

/** A run of words, and whether it came or went between two texts; neither when it is in both. */
export interface ComparedWords {
  readonly text: string;
  readonly change?: 'added' | 'removed';
}

/** One or several blocks of a page that follow one another: all the same in both texts, or changed, with the words of both in their order. */
export type ComparedStretch =
  | { readonly kind: 'same'; readonly blocks: readonly string[] }
  | { readonly kind: 'changed'; readonly words: readonly ComparedWords[] };

/** Differences between more blocks, or within a stretch more words, are not worked out: all is taken for replaced. Both keep comparing to a second or so. */
const mostBlockEdits = 2_000;
const mostWordEdits = 2_000;
/** Longer stretches are not cut into words: that alone would take long. */
const longestCompared = 60_000;
/** A stretch of which less stays has nothing in common but small words: shown as one text in the place of another. */
const leastShared = 0.3;

/**
 * Compares two versions of a page as a reader sees them: in plain words, block by block, and word by word where blocks differ. What changed in the marks
 * only, such as the address of a link, counts as the same.
 */
export function compareTexts(before: string, after: string): ComparedStretch[] {
  const [old, current] = [blocksOf(before), blocksOf(after)];
  const runs = diffArrays(old, current, { maxEditLength: mostBlockEdits }) ?? replaced(old, current);
  const stretches: ComparedStretch[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    if (removed.length + added.length > 0)
      stretches.push({ kind: 'changed', words: compareWords(removed.join('\n\n'), added.join('\n\n')) });
    [removed, added] = [[], []];
  };
  for (const run of runs) {
    if (run.removed) removed.push(...run.value);
    else if (run.added) added.push(...run.value);
    else {
      flush();
      stretches.push({ kind: 'same', blocks: run.value });
    }
  }
  flush();
  return stretches;
}

function compareWords(before: string, after: string): ComparedWords[] {
  const whole = [
    ...(before ? [{ text: before, change: 'removed' as const }] : []),
    ...(after ? [{ text: after, change: 'added' as const }] : []),
  ];
  if (whole.length < 2 || before.length + after.length > longestCompared) return whole;
  const runs = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostWordEdits });
  const words = runs?.map(
    ({ value, added, removed }): ComparedWords => ({
      text: value.join(''),
      ...(added ? { change: 'added' } : removed ? { change: 'removed' } : {}),
    }),
  );
  const shared = words?.reduce((sum, { text, change }) => sum + (change ? 0 : text.length), 0) ?? 0;
  return words && shared >= leastShared * Math.max(before.length, after.length) ? words : whole;
}

function replaced(old: string[], current: string[]) {
  return [
    { value: old, added: false, removed: true },
    { value: current, added: true, removed: false },
  ];
}

function blocksOf(markdown: string): string[] {
  return findBlocks(markdown)
    .map(({ start, end, kind }) => {
      const words = plainText(markdown.slice(start, end));
      return kind === 'code' ? words : words.trim();
    })
    .filter(Boolean);
}

/** Words, each with the spaces behind it, so that spaces alone never count as what two texts have in common. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of wordSegmenter().segment(text)) {
    if (segment.trim() === '' && words.length > 0) words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words;
}
