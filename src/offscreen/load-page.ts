import { chooseEncoding } from '../core/choose-encoding';
import { capturedNote } from '../core/import/captured-note';
import { looksLikeSignIn } from '../core/looks-like-sign-in';
import type { CapturedPage } from '../core/page';
import { ProblemError } from '../core/problem';
import { type FetchedDocument, fetchDocument } from '../fetching/fetch-document';
import { parseHtml, readInert } from './read-html';

/** Pages of text are smaller by far. */
const maximumBytes = 20_000_000;

const htmlType = /^(text\/html|application\/xhtml\+xml)\b/i;
const textType = /^text\/(plain|markdown|x-markdown)\b/i;

/**
 * Fetches a page and reads it.
 * @throws ProblemError `fetch-…`, `page-empty`, `page-unreadable`, `page-not-html` (the detail is the content type), `import-sign-in`
 */
export async function loadPage(askedUrl: string, signal: AbortSignal, capturedAt: number): Promise<CapturedPage> {
  const fetched = await fetchDocument(askedUrl, { signal, maximumBytes });
  const { contentType } = fetched;
  if (textType.test(contentType)) return readText(fetched, capturedAt);
  if (contentType && !htmlType.test(contentType)) throw new ProblemError({ code: 'page-not-html', detail: contentType.slice(0, 100) });
  return readPage(askedUrl, fetched, capturedAt);
}

function readText({ url, contentType, bytes }: FetchedDocument, capturedAt: number): CapturedPage {
  const text = new TextDecoder(chooseEncoding(bytes, { contentType, isHtml: false })).decode(bytes);
  if (text.trim() === '') throw new ProblemError({ code: 'page-empty' });
  const fileName = new URL(url).pathname.split('/').at(-1);
  return { ...capturedNote({ url, ...(fileName ? { title: fileName } : {}) }, text, capturedAt), source: 'text' };
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
