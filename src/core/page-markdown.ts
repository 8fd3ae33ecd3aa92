import type { Page } from './page';

/** A page as a Markdown file, with what is known of it as YAML between lines of dashes, as Obsidian and others read it. */
export function pageMarkdown(page: Page, text: string): string {
  const { title, url, site, byline, published, savedAt, language } = page;
  const tags = (page.tags ?? []).map(noteTag).filter(Boolean);
  const properties: [string, string | undefined][] = [
    ['title', yamlText(title)],
    ['url', yamlText(url)],
    ['site', yamlText(site)],
    ['author', byline && yamlText(byline)],
    ['published', published && yamlText(published)],
    ['saved', new Date(savedAt).toISOString()],
    ['language', language && yamlText(language)],
    ['tags', tags.length > 0 ? `\n${[...new Set(tags)].map((tag) => `  - ${yamlText(tag)}`).join('\n')}` : undefined],
  ];
  const lines = properties.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${value.startsWith('\n') ? '' : ' '}${value}`],
  );
  return `---\n${lines.join('\n')}\n---\n\n${text.trim()}\n`;
}

/** YAML 1.2 reads a string of JSON as it is, but for what it does not count as printable. */
function yamlText(text: string): string {
  return JSON.stringify(text.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Tags of notes hold no spaces and not digits alone. */
function noteTag(tag: string): string {
  const joined = tag.replace(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation}_/-]+/gu, '-').replace(/^-+|-+$/g, '');
  return /^\d+$/.test(joined) ? `_${joined}` : joined;
}
