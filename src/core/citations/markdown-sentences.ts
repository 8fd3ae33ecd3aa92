import { type BlockKind, findBlocks } from '../text/markdown-blocks';
import type { Span } from '../text/span';
import { splitSentences, trimSpan } from './split-sentences';

export interface MarkdownSentence extends Span {
  readonly kind: BlockKind;
}

const blockMark = /^[ \t]*(?:(?:>[ \t]?)+|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}[ \t]+)*/;
const tableRule = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;
const link = /!?\[((?:[^[\]\n]|\[[^[\]\n]{0,200}\]){0,500})\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)/g;
const hiddenMarks = /\*\*?|__?|~~|`/g;

/**
 * The sentences of a Markdown text, each as it stands there without the mark of its list item or heading. A row of a table is one; code has none.
 * Linear in the text's length.
 */
export function markdownSentences(text: string, language?: string): MarkdownSentence[] {
  return findBlocks(text).flatMap((block): MarkdownSentence[] => {
    const { kind } = block;
    if (kind === 'code') return [];
    const source = text.slice(block.start, block.end);
    if (kind === 'table-row') {
      if (tableRule.test(source)) return [];
      const bar = source.indexOf('|') + 1;
      const row = trimSpan(source, { start: bar, end: source.lastIndexOf('|') });
      return row.start < row.end ? [{ kind, start: block.start + row.start, end: block.start + row.end }] : [];
    }
    const begins = blockMark.exec(source)?.[0].length ?? 0;
    const inside = hideMarks(source.slice(begins).replace(/\n[ \t]*(?:>[ \t]?)+/g, (mark) => '\n'.padEnd(mark.length)));
    const spans = kind === 'heading' ? [trimSpan(inside, { start: 0, end: inside.length })] : splitSentences(inside, language);
    return spans.map(({ start, end }) => ({ kind, ...widened(source, { start: begins + start, end: begins + end }, block.start) }));
  });
}

/** Makes marks of style, and addresses of links, invisible to whoever looks for sentences and words, without moving anything. */
export function hideMarks(source: string): string {
  return source
    .replace(link, (whole: string, words: string) => `\u2060${words}`.padEnd(whole.length, '\u2060'))
    .replace(hiddenMarks, (marks) => '\u2060'.repeat(marks.length))
    .replace(/\n(?!\n)/g, ' ');
}

/** With the marks of emphasis that begin or end right at it, so that what is cut out is styled as it was. */
function widened(source: string, { start, end }: Span, offset: number): Span {
  let from = start;
  let to = end;
  while (from > 0 && /[*_`]/.test(source[from - 1] ?? '')) from--;
  while (to < source.length && /[*_`]/.test(source[to] ?? '')) to++;
  return { start: offset + from, end: offset + to };
}
