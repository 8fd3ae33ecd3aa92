import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker&url';
import { titleFromFileName } from '../core/files/title-from-file-name';
import { canonicalUrl } from '../core/pages/canonical-url';
import { type CapturedPage, maxCapturedCharacters } from '../core/pages/page';
import { siteHost } from '../core/pages/site-host';
import { pdfBlocks } from '../core/pdf/pdf-blocks';
import { type PdfMetadata, sensibleMetadata } from '../core/pdf/pdf-metadata';
import type { PdfPage } from '../core/pdf/pdf-page';
import { ProblemError } from '../core/problem';
import type { OffscreenRequests } from '../protocol/offscreen-requests';
import { pdfMarkdown } from './pdf-markdown';
import { pdfRuns } from './pdf-runs';

/** The rest of the work, once all pages are read, is small. */
const shareOfReading = 0.95;
/** Fewer letters a page than this are stamps and page numbers on pictures of pages. */
const fewestLettersPerPage = 5;
/** What goes when lines are joined is less than this; past the limit no page needs to be read. */
const charactersToRead = maxCapturedCharacters * 1.1;

/** For one page: none takes a tenth of it. */
const longestStepMs = 60_000;

interface PdfWork {
  readonly report: (shareDone: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads the text of a PDF, page by page: never more than one page is held besides the text.
 * @throws ProblemError `pdf-encrypted`, `pdf-scanned`, `pdf-broken`
 */
export async function readPdf(
  { pdf, fileName, url }: OffscreenRequests['offscreen/read-pdf']['data'],
  capturedAt: number,
  { report, signal }: PdfWork,
): Promise<CapturedPage> {
  // A thread of our own, for a file may be made to keep it busy forever: it can be ended whatever it does.
  const thread = new Worker(workerAddress, { type: 'module' });
  try {
    const document = await openPdf(pdf, thread, signal);
    const pages = await readPages(document, signal, (share) => report(share * shareOfReading));
    const { title, blocks } = pdfBlocks(pages);
    const { markdown, locators, lastPage } = pdfMarkdown(blocks, maxCapturedCharacters);
    if ((markdown.match(/\p{L}/gu)?.length ?? 0) < fewestLettersPerPage * Math.min(pages.length, 20)) {
      throw new ProblemError({ code: 'pdf-scanned' });
    }
    const { language, ...metadata } = await readMetadata(document, signal);
    const said = sensibleMetadata(metadata, new Date(capturedAt).toISOString().slice(0, 10));
    const isWhole = pages.length === document.numPages && lastPage >= (pages.findLast(({ runs }) => runs.length > 0)?.number ?? 0);
    return {
      url,
      canonicalUrl: canonicalUrl(url),
      site: siteHost(url) || fileName,
      ...said,
      title: said.title ?? title ?? titleFromFileName(fileName),
      ...(language ? { language } : {}),
      source: 'pdf',
      markdown,
      locators,
      capturedAt,
      shareRead: isWhole ? 1 : lastPage / document.numPages,
    };
  } finally {
    thread.terminate();
  }
}

async function openPdf(data: Uint8Array, thread: Worker, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const { getDocument, PDFWorker } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data,
    worker: PDFWorker.create({ port: thread }),
    cMapUrl: new URL('/pdf/cmaps/', location.href).href,
    cMapPacked: true,
    // Nothing is drawn, and no code is made of what is in the file.
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  try {
    return await inTime(task.promise, signal);
  } catch (cause) {
    signal.throwIfAborted();
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new ProblemError({ code: isLocked ? 'pdf-encrypted' : 'pdf-broken' }, { cause });
  }
}

/** Rejects with the signal's reason, or when it takes too long, whatever becomes of the work. */
async function inTime<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const slow = AbortSignal.timeout(longestStepMs);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    slow.addEventListener('abort', () => reject(new ProblemError({ code: 'pdf-broken' })));
    work.then(resolve, reject);
  });
}

/** A page that cannot be read is left out, unless none can. */
async function readPages(document: PDFDocumentProxy, signal: AbortSignal, report: (share: number) => void): Promise<PdfPage[]> {
  const pages: PdfPage[] = [];
  let characters = 0;
  let failed = 0;
  for (let number = 1; number <= document.numPages && characters < charactersToRead; number += 1) {
    signal.throwIfAborted();
    try {
      const page = await inTime(readPage(document, number), signal);
      characters += page.runs.reduce((sum, { text }) => sum + text.length, 0);
      pages.push(page);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      failed += 1;
    }
    report(number / document.numPages);
  }
  signal.throwIfAborted();
  if (failed > 0 && pages.length === 0) throw new ProblemError({ code: 'pdf-broken' });
  return pages;
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const { height } = page.getViewport({ scale: 1 });
  page.cleanup();
  return { number, height, runs: pdfRuns(items) };
}

async function readMetadata(document: PDFDocumentProxy, signal: AbortSignal): Promise<PdfMetadata & { readonly language?: string }> {
  try {
    const { info } = await inTime(document.getMetadata(), signal);
    const text = (key: string) => {
      const value = (info as Readonly<Record<string, unknown>>)[key];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const [title, author, created, language] = ['Title', 'Author', 'CreationDate', 'Language'].map(text);
    return {
      ...(title ? { title } : {}),
      ...(author ? { author } : {}),
      ...(created ? { created } : {}),
      ...(language && /^[a-z]{2,3}(-[\w-]{1,30})?$/i.test(language) ? { language } : {}),
    };
  } catch {
    return {};
  }
}
