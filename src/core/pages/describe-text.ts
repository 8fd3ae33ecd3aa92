import { titleFromFileName } from '../files/title-from-file-name';
import { splitFrontMatter } from '../text/front-matter';
import type { CapturedPage } from './page';

/** What a text file says of itself, and the text without it. */
export type DescribedText = Pick<CapturedPage, 'title' | 'byline' | 'published' | 'source' | 'markdown'>;

const longestLabel = 500;

/** Takes the title, author and date from a text's front matter , else the title from its first heading or its name. */
export function describeText(text: string, fileName: string, isMarkdown = /\.(md|mdown|mkdn?|markdown)$/i.test(fileName)): DescribedText {
  const { frontMatter, body } = splitFrontMatter(text);
  const fields = plainFields(frontMatter);
  const markdown = body.trim() || text.trim();
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

/** The plain `key: value` lines; the others are for other programs, and not worth all of YAML in the worker. */
function plainFields(frontMatter: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, key = '', written = ''] of frontMatter.matchAll(/^([\w-]+):(.*)$/gm)) {
    const value = written.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (value !== '' && !/^[[{|>&*]/.test(value)) fields.set(key.toLowerCase(), value);
  }
  return fields;
}
