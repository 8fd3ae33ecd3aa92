import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { splitFrontMatter } from '../text/front-matter';
import { type ImportEntry, noteAddress } from './collect-items';
import { parseDate } from './parse-date';

const urlKeys = ['url', 'source', 'link', 'original_url', 'source_url'];
const dateKeys = ['date', 'saved', 'saved_at', 'savedat', 'date_saved', 'created', 'date created'];

/**
 * A note as a page: its front matter gives title, address, tags and date, else its first heading or the name of its
 * file gives the title.
 * @param path of the file, within what was chosen
 * @returns absent when there is no text in it
 */
export function parseMarkdownNote(text: string, path: string): ImportEntry | undefined {
  const { frontMatter, body } = splitFrontMatter(text);
  if (body.trim() === '') return undefined;
  const front = readYaml(frontMatter);
  const url = first(front, urlKeys).find((value) => /^https?:\/\//i.test(value));
  const fileName =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.(md|markdown|txt)$/i, '') ?? path;
  const title = first(front, ['title'])[0] ?? /^#[ \t]+(.+)$/m.exec(body.slice(0, 2_000))?.[1] ?? fileName;
  const [date] = first(front, dateKeys);
  const folders = path.split('/').slice(0, -1);
  return {
    url: url ?? noteAddress(path),
    title,
    tags: [
      ...first(front, ['tags', 'tag', 'labels'])
        .flatMap((tag) => tag.split(','))
        .map((tag) => tag.replace(/^#/, '')),
      ...folders.slice(1),
    ],
    savedAt: parseDate(date),
    text: { kind: 'markdown', content: body },
  };
}

type FrontMatter = Readonly<Record<string, unknown>>;

function readYaml(frontMatter: string): FrontMatter {
  try {
    // By this schema all values stay the words that are written.
    const fields: unknown = load(frontMatter, { schema: FAILSAFE_SCHEMA });
    return typeof fields === 'object' && fields !== null ? (fields as FrontMatter) : {};
  } catch {
    // Not YAML, or not quite: the text is worth more than its labels.
    return {};
  }
}

/** The values of the first of these keys that has any; keys are compared in lower case. */
function first(front: FrontMatter, keys: readonly string[]): string[] {
  const byKey = new Map(Object.entries(front).map(([key, value]) => [key.toLowerCase(), value]));
  for (const key of keys) {
    const value = byKey.get(key);
    const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one.trim() !== '');
    if (values.length > 0) return values;
  }
  return [];
}
