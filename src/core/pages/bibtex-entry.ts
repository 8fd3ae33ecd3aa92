import type { Citation, CivilDate } from './page-citation';
import type { Author } from './split-authors';

/** Of BibTeX's own macros; each style writes them its way. */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A page as an entry of BibTeX, in UTF-8. `online` is biblatex's type for a page of the web; the classic styles treat a type that they do not know as `misc`. They
 * print `howpublished`, `year` and `month`; biblatex prints `organization` and `date` in their place.
 */
export function bibtexEntry({ key, title, authors, site, url, published, accessed, language }: Citation): string {
  const fields: [string, string | undefined][] = [
    ['title', `{{${escapeTex(title)}}}`],
    ['author', authors.length > 0 ? `{${authors.map(texName).join(' and ')}}` : undefined],
    ['howpublished', site ? `{${escapeTex(site)}}` : undefined],
    ['organization', site ? `{${escapeTex(site)}}` : undefined],
    ['date', published && `{${isoDate(published)}}`],
    ['year', published && `{${String(published.year).padStart(4, '0')}}`],
    ['month', published?.month ? months[published.month - 1] : undefined],
    ['url', `{${verbatimUrl(url)}}`],
    ['urldate', `{${isoDate(accessed)}}`],
    ['language', language ? `{${escapeTex(language)}}` : undefined],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value}`]));
  return `@online{${key},\n${lines.join(',\n')}\n}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function escapeTex(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\\{}~^#$%&_]/g, (letter) => escapes[letter] ?? `\\${letter}`);
}

/** Braces keep what is not a person's name in one piece, and an «and» in it from parting it. */
function texName(author: Author): string {
  if ('literal' in author) return `{${escapeTex(author.literal)}}`;
  return `${escapeTex(author.family)}, ${escapeTex(author.given)}`;
}

/** Addresses are taken letter by letter; braces would not balance, and a backslash would begin a command. */
function verbatimUrl(url: string): string {
  return url.replace(/[{}\\\s]/g, (letter) => encodeURIComponent(letter));
}

function isoDate({ year, month, day }: CivilDate): string {
  return [String(year).padStart(4, '0'), month, day]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
