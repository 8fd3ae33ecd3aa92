import { isNoteAddress } from '../import/collect-items';
import { siteHost } from '../pages/site-host';

const scheme = 'file-sha256:';

/** The address that a file without one of its own is filed under: the same bytes are the same page, whatever the file is called. */
export function fileAddress(sha256Hex: string): string {
  return scheme + sha256Hex;
}

/** Whether an address leads anywhere: that of a file that was added, or of a note that was imported, leads to nothing but its saved copy. */
export function hasLivePage(url: string): boolean {
  return !url.startsWith(scheme) && !isNoteAddress(url);
}

/** What a person would call the file at an address. */
export function fileNameOf(url: string): string {
  const [, path = ''] = /^[a-z][\w+.-]*:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url) ?? [];
  const name = path.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(name) || siteHost(url);
  } catch {
    return name;
  }
}
