/** What a stretch of Markdown is, as far as cutting it into passages goes. */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table-row' | 'code';

/** A block of the text: `text.slice(start, end)`, without the line breaks around it. */
export interface MarkdownBlock {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
}

const fence = /^\s{0,3}(`{3,}|~{3,})/;
const heading = /^(#{1,6})\s+\S/;
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;
const quote = /^\s{0,3}>/;
const tableRow = /^\s*\|.*\|\s*$/;

/** Finds the blocks of a Markdown text, in order and without overlap. Linear in the text's length. */
export function findBlocks(text: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let open: { kind: BlockKind; start: number; end: number } | undefined;
  let closingFence: string | undefined;
  const close = () => {
    if (open) blocks.push({ ...open, level: 0 });
    open = undefined;
  };

  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (closingFence !== undefined) {
      if (open) open.end = line.end;
      if (content.trim().startsWith(closingFence) && content.trim().replace(/[`~]/g, '') === '') {
        closingFence = undefined;
        close();
      }
      continue;
    }
    const kind = kindOf(content);
    if (kind === 'blank') {
      close();
    } else if (kind === 'heading') {
      close();
      blocks.push({ kind, ...line, level: heading.exec(content)?.[1]?.length ?? 1 });
    } else if (kind === 'code') {
      close();
      closingFence = fence.exec(content)?.[1];
      open = { kind, ...line };
    } else if (kind === 'list-item' || kind === 'table-row') {
      close();
      open = { kind, ...line };
    } else if (open && continues(open.kind, kind)) {
      open.end = line.end;
    } else {
      close();
      open = { kind, ...line };
    }
  }
  close();
  return blocks;
}

function kindOf(line: string): BlockKind | 'blank' {
  if (line.trim() === '') return 'blank';
  if (fence.test(line)) return 'code';
  if (heading.test(line)) return 'heading';
  if (tableRow.test(line)) return 'table-row';
  if (listItem.test(line)) return 'list-item';
  if (quote.test(line)) return 'quote';
  return 'paragraph';
}

function continues(open: BlockKind, line: BlockKind): boolean {
  return open === line || (line === 'paragraph' && (open === 'list-item' || open === 'quote'));
}

/** The lines of a text without their line breaks. */
export function* linesOf(text: string, from = 0, to = text.length): Generator<{ start: number; end: number }> {
  let start = from;
  while (start < to) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 || lineBreak > to ? to : lineBreak;
    yield { start, end };
    start = end + 1;
  }
}
