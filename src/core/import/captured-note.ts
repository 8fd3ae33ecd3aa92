import { canonicalUrl } from '../pages/canonical-url';
import { type CapturedPage, maxCapturedCharacters } from '../pages/page';
import { siteHost } from '../pages/site-host';
import { isNoteAddress } from './collect-items';
import type { ImportItem } from './import-item';

/** A page of which the text came along as Markdown. One without a web address is of the folder that it lay in. */
export function capturedNote({ url, title }: Pick<ImportItem, 'url' | 'title'>, markdown: string, now: number): CapturedPage {
  const kept = markdown.slice(0, maxCapturedCharacters).trim();
  const isNote = isNoteAddress(url);
  const place = isNote ? decodeURIComponent(url.slice(url.indexOf(':') + 1).split('/')[0] ?? '') : siteHost(url);
  return {
    url,
    canonicalUrl: canonicalUrl(url),
    title: title ?? place,
    site: place,
    ...(isNote ? { source: 'text' } : {}),
    markdown: kept,
    capturedAt: now,
    shareRead: Math.min(1, maxCapturedCharacters / Math.max(1, markdown.length)),
  };
}
