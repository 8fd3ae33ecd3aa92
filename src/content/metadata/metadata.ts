import { canonicalUrl, isSameSite } from '../../core/pages/canonical-url';
import type { CapturedPage } from '../../core/pages/page';
import type { StructuredData } from './json-ld';
import { isoDate } from './published-date';

export type PageMetadata = Pick<CapturedPage, 'canonicalUrl' | 'title' | 'site' | 'byline' | 'published' | 'language'>;

const longestLabel = 500;

/** What a copied page says about itself. Structured data goes before what is made for sharing, and that before what is shown. */
export function readMetadata(copy: Document, data: StructuredData, address: string): PageMetadata {
  const meta = readMetaElements(copy);
  const host = hostOf(address);
  const site = label(meta('og:site_name', 'application-name') ?? data.publisher) ?? host;
  const byline = label(bylineOf(copy, data, meta));
  const published = publishedOn(copy, data, meta, address);
  const language = languageOf(copy.documentElement.lang, meta('content-language', 'og:locale', 'language', 'dc.language'), data.language);
  return {
    canonicalUrl: canonicalAddress(copy, meta, address),
    title: titleOf(copy, data, meta, [site, host]) ?? label(new URL(address).pathname.replace(/\/$/, '').split('/').at(-1)) ?? host,
    site,
    ...(byline && { byline }),
    ...(published && { published }),
    ...(language && { language }),
  };
}

type Meta = (...names: readonly string[]) => string | undefined;

function readMetaElements(copy: Document): Meta {
  const values = new Map<string, string>();
  for (const element of copy.head.getElementsByTagName('meta')) {
    const content = element.getAttribute('content')?.trim();
    const names = ['property', 'name', 'itemprop', 'http-equiv'].map((attribute) => element.getAttribute(attribute)).join(' ');
    for (const name of names.toLowerCase().split(/\s+/)) if (content && name && !values.has(name)) values.set(name, content);
  }
  return (...names) => names.map((name) => values.get(name)).find((value) => value);
}

function label(text: string | null | undefined): string | undefined {
  const clean = text
    ?.replace(/\u00AD/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestLabel);
  return clean || undefined;
}

const separator = /\s+[|–—\-·•:»«/]+\s+|\s*[|｜»_]\s*/;

/** The title without the name of the site. A heading that makes up most of the title is the title. */
function titleOf(copy: Document, data: StructuredData, meta: Meta, siteNames: readonly string[]): string | undefined {
  const title = label(data.headline ?? meta('og:title', 'twitter:title', 'dc.title', 'citation_title') ?? copy.title);
  const headings = [...copy.querySelectorAll('h1')].map((heading) => label(heading.textContent) ?? '');
  const names = siteNames.map(comparable);
  const isSite = (part: string | undefined) => part !== undefined && names.includes(comparable(part));
  const heading = headings.find((text) =>
    [title, copy.title]
      .map((whole) => comparable(whole ?? ''))
      .some((whole) => whole.includes(comparable(text)) && comparable(text).length > whole.length / 2),
  );
  if (heading && !isSite(heading)) return heading;
  const parts = title?.split(separator) ?? [];
  if (parts.length > 1 && isSite(parts.at(-1))) return parts.slice(0, -1).join(' – ');
  if (parts.length > 1 && isSite(parts[0])) return parts.slice(1).join(' – ');
  return title ?? headings.find(Boolean);
}

function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.[a-z]{2,6}$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const bylineElements = '[rel~=author], [itemprop~=author], [class*=byline], [class*=author], [class*=autor]';
const longestByline = 100;

function bylineOf(copy: Document, data: StructuredData, meta: Meta): string | undefined {
  const named = data.author ?? meta('author', 'article:author', 'parsely-author', 'dc.creator', 'citation_author');
  if (named && !/^https?:/.test(named)) return named.replace(/^(by|von|par|por)\s+/i, '');
  for (const element of copy.body.querySelectorAll(bylineElements)) {
    const text = label((element.querySelector('[itemprop~=name]') ?? element).textContent);
    if (text && text.length < longestByline && /\p{L}/u.test(text))
      return text.replace(/^(written by|by|von|par|por|door|autor(in)?|author)(\s*:\s*|\s+)/i, '');
  }
  return undefined;
}

function publishedOn(copy: Document, data: StructuredData, meta: Meta, address: string): string | undefined {
  const written = [
    data.published,
    meta(
      'article:published_time',
      'datepublished',
      'date',
      'dc.date',
      'dc.date.issued',
      'dcterms.created',
      'parsely-pub-date',
      'sailthru.date',
      'pubdate',
      'citation_publication_date',
    ),
    ...[...copy.body.querySelectorAll('[itemprop~=datePublished], time[datetime]')].map(
      (element) => element.getAttribute('content') ?? element.getAttribute('datetime') ?? element.textContent,
    ),
    /\/((?:19|20)\d{2}\/\d{1,2}\/\d{1,2})\//.exec(address)?.[1],
  ];
  for (const one of written) {
    const date = isoDate(one);
    if (date) return date;
  }
  return undefined;
}

function languageOf(...declared: readonly (string | undefined)[]): string | undefined {
  for (const tag of declared) {
    try {
      const [language] = Intl.getCanonicalLocales(
        tag
          ?.trim()
          .replace('_', '-')
          .split(/[,;\s]/)[0] || [],
      );
      if (language) return language;
    } catch {
      // Not a language tag: pages write “english” or “auto” too.
    }
  }
  return undefined;
}

/** A page may name another address of its own site only, and not the front page for all of its pages. */
function canonicalAddress(copy: Document, meta: Meta, address: string): string {
  const own = canonicalUrl(address);
  for (const named of [copy.querySelector('link[rel~=canonical]')?.getAttribute('href'), meta('og:url')]) {
    if (!named || !URL.canParse(named, address)) continue;
    const url = new URL(named, address);
    const here = new URL(address);
    const isFrontPage = url.pathname === '/' && url.search === '' && here.pathname + here.search !== '/';
    if (isSameSite(url.href, address) && !isFrontPage) return keepRoute(canonicalUrl(url.href), own);
  }
  return own;
}

/** The route of an application is in its fragment, which canonical addresses leave out. */
function keepRoute(canonical: string, own: string): string {
  const route = own.indexOf('#');
  return route < 0 || canonical.includes('#') ? canonical : canonical + own.slice(route);
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '') || 'file';
}
