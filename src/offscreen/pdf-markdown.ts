import { escapeInline, escapeLineStart } from '../content/markdown/escape-markdown';
import type { Locator } from '../core/pages/locators';
import type { PdfBlock } from '../core/pdf/pdf-blocks';

/**
 * Writes blocks as Markdown, up to a limit, and notes where each page begins.
 * @returns `lastPage` is the page that the last block that fitted in ends on; 0 when none did
 */
export function pdfMarkdown(
  blocks: readonly PdfBlock[],
  maxCharacters: number,
): { markdown: string; locators: Locator[]; lastPage: number } {
  let markdown = '';
  let page = 0;
  let isAfterItem = false;
  const locators: Locator[] = [];
  for (const block of blocks) {
    const prefix = markdown === '' ? '' : isAfterItem && block.isItem ? '\n' : '\n\n';
    const { text, pages } = writeBlock(block);
    if (markdown.length + prefix.length + text.length > maxCharacters) break;
    markdown += prefix;
    for (const { start, page: next } of pages) {
      if (next > page) locators.push({ start: markdown.length + start, page: next });
      page = Math.max(page, next);
    }
    markdown += text;
    isAfterItem = block.isItem;
  }
  return { markdown, locators, lastPage: page };
}

function writeBlock({ text, pages, isItem, headingLevel }: PdfBlock): { text: string; pages: { start: number; page: number }[] } {
  let written = headingLevel ? `${'#'.repeat(headingLevel)} ` : '';
  const starts: { start: number; page: number }[] = [];
  for (const [index, { start, page }] of pages.entries()) {
    const piece = text.slice(start, pages[index + 1]?.start);
    starts.push({ start: index === 0 ? 0 : written.length, page });
    const escaped = escapeInline(headingLevel ? piece.replace(/\n/g, ' ') : piece);
    written += index > 0 || headingLevel ? escaped : isItem ? writeItemMark(escaped) : escapeLineStart(escaped);
  }
  return { text: written.replace(/\n/g, '  \n').replace(/[ \t]+$/, ''), pages: starts };
}

/** Marks that Markdown knows stay; all others become its own. */
function writeItemMark(text: string): string {
  if (/^\d{1,3}[.)]\s/.test(text)) return text;
  const mark = /^[•●▪■◦‣∙·–—-]\s*/.exec(text)?.[0];
  return mark ? `- ${text.slice(mark.length)}` : escapeLineStart(text);
}
