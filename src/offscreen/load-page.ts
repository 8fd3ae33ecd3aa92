import { looksLikeSignIn } from '../core/capture/looks-like-sign-in';
import { fileNameOf } from '../core/files/file-address';
import { fileKind } from '../core/files/file-kind';
import { readTextFile, type TextFile } from '../core/files/read-text-file';
import type { CapturedPage } from '../core/pages/page';
import { ProblemError } from '../core/problem';
import { type FetchedDocument, fetchDocument } from '../fetching/fetch-document';
import { parseHtml, readInert } from './read-html';
import { readPdf } from './read-pdf';

/** Pages of text are smaller by far; PDFs with pictures are not. */
const maximumBytes = 50_000_000;

/**
 * Fetches a page, a text or a PDF and reads it.
 * @throws ProblemError `fetch-…`, `page-empty`, `page-unreadable`, `page-not-html` (the detail is the content type), `pdf-…`, `import-sign-in`
 */
export async function loadPage(askedUrl: string, signal: AbortSignal, capturedAt: number): Promise<CapturedPage> {
  const fetched = await fetchDocument(askedUrl, { signal, maximumBytes });
  const { url, contentType, bytes } = fetched;
  const fileName = fileNameOf(url);
  switch (fileKind(fileName, contentType, bytes)) {
    case 'pdf':
      return readPdf({ pdf: bytes, fileName, url }, capturedAt, { report: () => {}, signal });
    case 'html':
      return readPage(askedUrl, fetched, capturedAt);
    case 'text':
      return readText({ ...fetched, fileName }, capturedAt);
    case undefined:
      throw new ProblemError({ code: 'page-not-html', detail: contentType.slice(0, 100) });
  }
}

function readText(file: TextFile, capturedAt: number): CapturedPage {
  const page = readTextFile(file, capturedAt);
  if (page.markdown.trim() === '') throw new ProblemError({ code: 'page-empty' });
  return page;
}

function readPage(askedUrl: string, { url, contentType, bytes }: FetchedDocument, capturedAt: number): CapturedPage {
  const inert = parseHtml({ html: bytes, contentType, url });
  const hasPasswordField = inert.querySelector('input[type="password" i]') !== null;
  const signs = { askedUrl, url, hasPasswordField };
  const capture = readInert(inert, url, capturedAt);
  const characters = 'page' in capture ? capture.page.markdown.length : 0;
  if (looksLikeSignIn({ ...signs, characters })) throw new ProblemError({ code: 'import-sign-in' });
  if ('problem' in capture) throw new ProblemError(capture.problem);
  return capture.page;
}
