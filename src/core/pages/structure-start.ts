import { type BlockKind, findBlocks, type MarkdownBlock } from '../text/markdown-blocks';

/** What is made of many blocks, none of which says much without those before it. */
const rows: ReadonlySet<BlockKind> = new Set(['list-item', 'table-row']);

/**
 * Finds where that begins which a place of a text is in the middle of: the whole list, the table with its head, the block of code, the paragraph. What
 * ends with a colon before them belongs to them.
 * @param text Markdown
 * @returns for each place its beginning, which is the place itself where something begins by itself
 */
export function structureStarts(text: string): (place: number) => number {
  let blocks: MarkdownBlock[] | undefined;
  return (place) => {
    blocks ??= findBlocks(text);
    let index = blocks.findIndex((block) => block.end > place);
    const kind = blocks[index]?.kind;
    if (kind === undefined) return place;
    while (rows.has(kind) && goesOn(text, blocks, index)) index--;
    const before = blocks[index - 1];
    const isLedIn = kind !== 'heading' && before?.kind === 'paragraph' && /[:：]$/.test(text.slice(before.start, before.end));
    const first = isLedIn ? before : blocks[index];
    return Math.min(place, first?.start ?? place);
  };
}

/**
 * Whether a row belongs to the list or table of the one before it. A blank line ends a table; a list if its numbers begin anew, or if on both sides of it
 * bullets follow each other without one: so two lists side by side are written, while people leave a blank line within one here and there.
 */
function goesOn(text: string, blocks: readonly MarkdownBlock[], index: number): boolean {
  const [before, row] = [blocks[index - 1], blocks[index]];
  if (!before || !row || before.kind !== row.kind) return false;
  if (!areApart(text, before, row)) return true;
  if (row.kind !== 'list-item') return false;
  const mark = text.slice(row.start, row.start + 3);
  if (!/^[-*+]/.test(mark)) return !/^1[.)]\s/.test(mark);
  return !(followsTightly(text, blocks, index - 1) && followsTightly(text, blocks, index + 1));
}

function followsTightly(text: string, blocks: readonly MarkdownBlock[], index: number): boolean {
  const [before, item] = [blocks[index - 1], blocks[index]];
  return before?.kind === 'list-item' && item?.kind === 'list-item' && !areApart(text, before, item);
}

function areApart(text: string, one: MarkdownBlock, next: MarkdownBlock): boolean {
  return /\n\s*\n/.test(text.slice(one.end, next.start));
}
