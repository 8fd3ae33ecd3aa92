import { canonicalUrl } from './canonical-url';
import { chooseEncoding } from './choose-encoding';
import { type CapturedPage, maxCapturedCharacters } from './page';
import { titleFromFileName } from './title-from-file-name';

export interface TextFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly fileName: string;
  readonly url: string;
}

/** A text as it is, Markdown or not; of front matter (https://jekyllrb.com/docs/front-matter/) the title, author and date are taken. */
export function readTextFile({ bytes, contentType, fileName, url }: TextFile, capturedAt: number): CapturedPage {
  const text = new TextDecoder(chooseEncoding(bytes, { contentType })).decode(bytes).replace(/\r\n?/g, '\n').replace(/\0/g, '');
  const { fields, rest } = splitFrontMatter(text);
  const whole = rest.trim();
  const isMarkdown = /\.(md|mdown|mkdn?|markdown)$/i.test(fileName) || /markdown/i.test(contentType);
  const heading = isMarkdown ? /^#[ \t]+(.+?)[ \t]*#*$/m.exec(whole.slice(0, 4_000))?.[1] : undefined;
  const date = /^\d{4}-\d{2}-\d{2}/.exec(fields.get('date') ?? '')?.[0];
  const byline = fields.get('author');
  const markdown = cutAtLine(whole, maxCapturedCharacters);
  return {
    url,
    canonicalUrl: canonicalUrl(url),
    title: (fields.get('title') ?? heading ?? titleFromFileName(fileName)).slice(0, 500),
    site: fileName,
    ...(byline ? { byline: byline.slice(0, 500) } : {}),
    ...(date ? { published: date } : {}),
    source: 'text',
    markdown,
    capturedAt,
    shareRead: whole.length > 0 ? markdown.length / whole.length : 1,
  };
}

/** The plain `key: value` lines of front matter; others are for other programs. */
export function splitFrontMatter(text: string): { fields: ReadonlyMap<string, string>; rest: string } {
  const block = /^\uFEFF?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/s.exec(text.slice(0, 20_000));
  const fields = new Map<string, string>();
  if (!block || !/^[\w-]+:/m.test(block[1] ?? '')) return { fields, rest: text };
  for (const [, key = '', written = ''] of (block[1] ?? '').matchAll(/^([\w-]+):[ \t]*(.*?)[ \t]*$/gm)) {
    const value = /^(["'])(.*)\1$/.exec(written)?.[2] ?? written;
    if (value !== '' && !/^[[{|>&*]/.test(value)) fields.set(key.toLowerCase(), value);
  }
  return { fields, rest: text.slice(block[0].length) };
}

function cutAtLine(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const line = text.lastIndexOf('\n', maximum);
  return text.slice(0, line > maximum / 2 ? line : maximum - 1).trimEnd();
}
