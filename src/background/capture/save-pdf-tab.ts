import { fileNameOf } from '../../core/files/file-address';
import { ProblemError } from '../../core/problem';
import type { Job } from '../../storage/schema';
import type { StoreCaptureTools } from '../ingest/store-capture';
import { maximumFileBytes, storeFile } from '../ingest/store-file';

export interface FetchPdfTools {
  readonly addressOf: (tabId: number) => Promise<string | undefined>;
  readonly fetchFromTab: (tabId: number, maximumBytes: number) => Promise<Blob>;
  readonly fetchLocalFile: (url: string) => Promise<Blob>;
}

export type SavePdfTabTools = FetchPdfTools & StoreCaptureTools;

/**
 * Stores the PDF that a tab shows.
 * @throws ProblemError `page-gone`, `pdf-not-fetched`, any `file-…`
 */
export async function savePdfTab(tabId: number, { addressOf, fetchFromTab, fetchLocalFile, ...tools }: SavePdfTabTools): Promise<Job> {
  return storeFile(await fetchPdfOfTab(tabId, { addressOf, fetchFromTab, fetchLocalFile }), tools);
}

/**
 * The PDF that a tab shows. The browser's viewer shows it without a DOM that could be read, so its bytes are fetched once more.
 * @throws ProblemError `page-gone`, `pdf-not-fetched`
 */
export async function fetchPdfOfTab(tabId: number, { addressOf, fetchFromTab, fetchLocalFile }: FetchPdfTools): Promise<PdfOfTab> {
  const shown = await addressOf(tabId);
  if (!shown) throw new ProblemError({ code: 'page-gone' });
  const url = shown.replace(/#.*$/s, '');
  const file = url.startsWith('file:') ? await fetchLocalFile(url) : await fetchFromTab(tabId, maximumFileBytes);
  if (!(await isPdf(file))) throw new ProblemError({ code: 'pdf-not-fetched' });
  return { file, fileName: fileNameOf(url), contentType: 'application/pdf', url };
}

interface PdfOfTab {
  readonly file: Blob;
  readonly fileName: string;
  readonly contentType: string;
  readonly url: string;
}

/** What is at the address may be another thing by now, such as a page to sign in on. */
async function isPdf(file: Blob): Promise<boolean> {
  return (await file.slice(0, 1_024).text()).includes('%PDF-');
}
