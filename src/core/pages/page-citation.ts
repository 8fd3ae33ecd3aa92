import type { Page } from './page';
import { type Author, splitAuthors } from './split-authors';

/** What a bibliography needs to know of a page. */
export interface Citation {
  /** Of letters, digits and dashes; the same for a page each time, whatever else is saved. */
  readonly key: string;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly site: string;
  readonly url: string;
  readonly published?: CivilDate;
  readonly accessed: CivilDate;
  readonly language?: string;
  /** A video, a document to print, or a page of the web. */
  readonly kind: 'webpage' | 'video' | 'document';
}

export interface CivilDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

/** A page, which may say what it was before it was Markdown. */
type CitedPage = Page & { readonly source?: string };

export function pageCitation(page: CitedPage): Citation {
  const authors = splitAuthors(page.byline ?? '');
  const published = page.published === undefined ? undefined : civilDate(page.published);
  const accessed = civilDate(new Date(page.capturedAt).toISOString()) ?? { year: 1970 };
  const kind = page.source === 'video' ? 'video' : page.source === 'pdf' ? 'document' : 'webpage';
  return {
    key: citationKey(page, authors, published),
    title: oneLine(page.title) || page.url,
    authors,
    site: oneLine(page.site),
    url: page.url,
    accessed,
    kind,
    ...(published ? { published } : {}),
    ...(page.language ? { language: page.language } : {}),
  };
}

/** A random id is cut to 48 bits of it: in a library of 10,000 pages two are alike once in five million libraries. */
const uuidDigits = 32;

/** Who, when and what, so that it can be recognised, and the page's id, so that no other page has it. */
function citationKey(page: Page, authors: readonly Author[], published: CivilDate | undefined): string {
  const [first] = authors;
  const who = first ? ('family' in first ? first.family : first.literal) : (page.site.split('.').at(-2) ?? page.site);
  const what = page.title.split(/\s+/).find((word) => plainLetters(word).length > 3) ?? page.title;
  const parts = [plainLetters(who).slice(0, 20), String(published?.year ?? ''), plainLetters(what).slice(0, 20)];
  const id = page.id.replace(/[^A-Za-z0-9]/g, '');
  return `${parts.join('') || 'page'}-${id.length === uuidDigits ? id.slice(0, 12) : id}`;
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** The date that ISO 8601 begins with, as far as it goes. */
function civilDate(iso: string): CivilDate | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso) ?? [];
  if (year === undefined) return undefined;
  const isMonth = month !== undefined && Number(month) >= 1 && Number(month) <= 12;
  const isDay = isMonth && day !== undefined && Number(day) >= 1 && Number(day) <= 31;
  return { year: Number(year), ...(isMonth ? { month: Number(month) } : {}), ...(isDay ? { day: Number(day) } : {}) };
}

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();
