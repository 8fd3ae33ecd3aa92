import { yamlText } from '../text/yaml-text';
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

/** Tags of notes hold no spaces and not digits alone. */
function noteTag(tag: string): string {
  const joined = tag.replace(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation}_/-]+/gu, '-').replace(/^-+|-+$/g, '');
  return /^\d+$/.test(joined) ? `_${joined}` : joined;
}
