import { type MarkdownOptions, markdownBlocks } from '../../src/view/markdown/markdown-blocks';

/** The HTML that each block of a Markdown text is drawn from at first. */
export function htmlBlocks(text: string, options: MarkdownOptions = {}): string[] {
  return markdownBlocks(text, options).map(({ html }) => html);
}
