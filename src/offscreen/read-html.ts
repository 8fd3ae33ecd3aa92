import { capturePage } from '../content/capture-page';
import { inertRendering } from '../content/rendering/inert-rendering';
import { decodeText } from '../core/files/decode-text';
import type { CapturedPage } from '../core/pages/page';
import { ProblemError } from '../core/problem';
import type { OffscreenRequests } from '../protocol/offscreen-requests';

type HtmlFile = OffscreenRequests['offscreen/read-html']['data'];

/**
 * Reads an HTML file as a tab's page is read. Nothing in it is run, and nothing it names is loaded.
 * @throws ProblemError `page-empty`, `page-unreadable`
 */
export function readHtml(file: HtmlFile, capturedAt: number): CapturedPage {
  const capture = readInert(parseHtml(file), file.url, capturedAt);
  if ('problem' in capture) throw new ProblemError(capture.problem);
  return capture.page;
}

/** A document that is never shown, in which nothing runs. */
export function parseHtml({ html, contentType }: HtmlFile): Document {
  return new DOMParser().parseFromString(decodeText(html, { contentType, isHtml: true }), 'text/html');
}

export function readInert(inert: Document, url: string, capturedAt: number): ReturnType<typeof capturePage> {
  return capturePage(inert, capturedAt, inertRendering(inert, url));
}
