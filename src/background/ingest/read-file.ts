import { readTextFile } from '../../core/files/read-text-file';
import type { CapturedPage } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import type { UnreadFile } from '../../storage/schema';
import { askOffscreen, type OffscreenWork } from '../offscreen-document';

/** @throws ProblemError `page-empty`, any `pdf-…`; the signal's reason if it is aborted */
export async function readFile(
  { kind, file, fileName, contentType, url, capturedAt }: UnreadFile,
  work: OffscreenWork,
): Promise<CapturedPage> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const page = await read();
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(page.markdown)) throw new ProblemError({ code: 'page-empty' });
  return { ...page, capturedAt };

  async function read(): Promise<CapturedPage> {
    if (kind === 'text') return readTextFile({ bytes, contentType, fileName, url }, capturedAt);
    if (kind === 'pdf') return askOffscreen(work)('offscreen/read-pdf', { pdf: bytes, fileName, url });
    const html = await askOffscreen(work)('offscreen/read-html', { html: bytes, contentType, url });
    return hasSite(url) ? html : { ...html, site: fileName };
  }
}

function hasSite(url: string): boolean {
  return /^https?:/.test(url);
}
