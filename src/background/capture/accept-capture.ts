import { fileNameOf } from '../../core/files/file-address';
import { canonicalUrl, isSameSite } from '../../core/pages/canonical-url';
import { describeText } from '../../core/pages/describe-text';
import type { CapturedPage } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';

/**
 * What a content script has read, as it is to be believed: only a page of the tab's own site, and filed there.
 * @throws ProblemError `page-gone`
 */
export function acceptCapture(captured: CapturedPage, tabUrl: string): CapturedPage {
  if (originOf(captured.url) !== originOf(tabUrl)) throw new ProblemError({ code: 'page-gone' });
  const page = isSameSite(captured.canonicalUrl, tabUrl) ? captured : { ...captured, canonicalUrl: canonicalUrl(captured.url) };
  const fileName = fileNameOf(page.url);
  const described = page.source === 'text' ? { ...page, ...describeText(page.markdown, fileName) } : page;
  return page.url.startsWith('file:') ? { ...described, site: fileName } : described;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
