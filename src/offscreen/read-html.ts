import { capturePage } from '../content/capture-page';
import { inertRendering } from '../content/inert-rendering';
import { chooseEncoding } from '../core/choose-encoding';
import type { CapturedPage } from '../core/page';
import { ProblemError } from '../core/problem';
import type { OffscreenRequests } from '../protocol/offscreen-requests';

/**
 * Reads an HTML file as a tab's page is read. Nothing in it is run, and nothing it names is loaded.
 * @throws ProblemError `page-empty`, `page-unreadable`
 */
export function readHtml({ html, contentType, url }: OffscreenRequests['offscreen/read-html']['data'], capturedAt: number): CapturedPage {
  const text = new TextDecoder(chooseEncoding(html, { contentType, isHtml: true })).decode(html);
  const inert = new DOMParser().parseFromString(text, 'text/html');
  const capture = capturePage(inert, capturedAt, inertRendering(inert, url));
  if ('problem' in capture) throw new ProblemError(capture.problem);
  return capture.page;
}
