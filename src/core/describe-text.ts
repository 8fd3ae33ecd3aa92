import type { CapturedPage } from './page';
import { titleFromFileName } from './title-from-file-name';

/** What a text file says of itself, and the text without it. */
export type DescribedText = Pick<CapturedPage, 'title' | 'byline' | 'published' | 'source' | 'markdown'>;

const longestLabel = 500;

/** Takes the title, author and date from a text's front matter (https://jekyllrb.com/docs/front-matter/), else the title from its first heading or its name. */
export function describeText(text: string, fileName: string, isMarkdown = /\.(md|mdown|mkdn?|markdown)$/i.test(fileName)): DescribedText {
  const { fields, rest } = splitFrontMatter(text);
  const markdown = rest.trim() || text.trim();
  const heading = isMarkdown ? /^#[ \t]+(.+?)[ \t]*#*$/m.exec(markdown.slice(0, 4_000))?.[1] : undefined;
  const date = /^\d{4}-\d{2}-\d{2}/.exec(fields.get('date') ?? '')?.[0];
  const byline = fields.get('author');
  return {
    title: (fields.get('title') ?? heading ?? titleFromFileName(fileName)).slice(0, longestLabel),
    ...(byline ? { byline: byline.slice(0, longestLabel) } : {}),
    ...(date ? { published: date } : {}),
    source: 'text',
    markdown,
  };
}

/** The plain `key: value` lines of front matter; others are for other programs. */
function splitFrontMatter(text: string): { fields: ReadonlyMap<string, string>; rest: string } {
  const block = /^\uFEFF?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/s.exec(text.slice(0, 20_000));
  const fields = new Map<string, string>();
  if (!block || !/^[\w-]+:/m.test(block[1] ?? '')) return { fields, rest: text };
  for (const [, key = '', written = ''] of (block[1] ?? '').matchAll(/^([\w-]+):[ \t]*(.*?)[ \t]*$/gm)) {
    const value = /^(["'])(.*)\1$/.exec(written)?.[2] ?? written;
    if (value !== '' && !/^[[{|>&*]/.test(value)) fields.set(key.toLowerCase(), value);
  }
  return { fields, rest: text.slice(block[0].length) };
}
